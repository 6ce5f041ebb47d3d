import type { Event } from '../../model/index.ts';
import { isShown, toLine } from '../line.ts';
import type { Listener } from '../listener.ts';
import { type NodeProblem, problemPlace } from '../problem.ts';
import type { Style } from '../style.ts';

/** For agents: failures, what templates print, totals. Every line carries what is needed to act on it. */
export function createMinimal(write: (text: string) => void, style: Style): Listener {
  let seconds = 0;
  return {
    hear(event, at) {
      if (event.name === 'FinishedRunningStats') seconds = Number(event.data['execution_time'] ?? 0);
      if (event.problem !== undefined) write(`${problemLine(event.problem)}\n`);
      else if (event.name === 'StatsLine') write(`${totals(event, seconds)}\n`);
      else if (isKept(event)) write(`${toLine(event, style, at).msg}\n`);
    },
  };
}

/** Errors that belong to no node, and what was printed on purpose. */
function isKept(event: Event): boolean {
  if (event.name === 'PrintEvent' || event.name === 'AdapterEventInfo') return true;
  return isShown(event, 'error') && !event.name.startsWith('RunResult') && event.name !== 'EndOfRunSummary';
}

function problemLine(problem: NodeProblem): string {
  const word = problem.severity === 'warn' ? 'WARN' : problem.status === 'fail' ? 'FAIL' : 'ERROR';
  const hint = problem.hint === undefined ? '' : `; ${problem.hint}`;
  return `${word} ${problem.resourceType} ${problem.name} ${problemPlace(problem)} ${oneLine(problem.message)}${hint}`;
}

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' | ');

function totals(event: Event, seconds: number): string {
  const stats = event.data['stats'] as Readonly<Record<string, number>>;
  const count = (key: string): number => stats[key] ?? 0;
  const said = `PASS=${count('pass')} WARN=${count('warn')} ERROR=${count('error')} SKIP=${count('skip')}`;
  return `${said} TOTAL=${count('total')} in ${Math.round(seconds)}s`;
}
