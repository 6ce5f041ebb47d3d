import { spawnSync } from 'node:child_process';
import { findPython } from '../../fuzz/peer.ts';
import { COLUMNS, DAYS, MODEL, SMALL } from './texts.ts';

/**
 * `npm run bench -- jinja [--runs N]`: CPU milliseconds of tsdbt, raw nunjucks and, where Python is there, Jinja2, each in
 * processes of its own, the runs of the engines taking turns. Shown is the best run of each; a loaded machine slows all.
 */

interface Figures {
  readonly compile: number;
  readonly first: number;
  readonly again: number;
  readonly cold: number;
  readonly warm: number;
  readonly size: number;
  readonly length: number;
}

const at = process.argv.indexOf('--runs');
const runs = at < 0 ? 5 : Number(process.argv[at + 1]);
const root = new URL('..', import.meta.url).pathname;

function measure(command: string, args: readonly string[], input?: string): Figures {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...(input && { input }) });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(0, 500)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

const script = (engine: string) => () =>
  measure(process.execPath, ['.config/run-ts.mjs', 'test/bench/jinja/one.ts', engine]);
const engines = new Map([
  ['tsdbt', script('tsdbt')],
  ['nunjucks', script('nunjucks')],
]);
const python = findPython();
if (python !== undefined) {
  const texts = JSON.stringify({ model: MODEL, small: SMALL, columns: COLUMNS, days: DAYS });
  engines.set('jinja2', () => measure(python, ['test/bench/jinja/one.py'], texts));
}

const found = new Map<string, Figures[]>([...engines.keys()].map((name) => [name, []]));
for (let i = 0; i < runs; i++) for (const [name, run] of engines) found.get(name)!.push(run());

const best = (name: string, key: keyof Figures): number => Math.min(...found.get(name)!.map((one) => one[key]));
const ms = (seconds: number): number => Number((seconds * 1000).toFixed(1));
console.log(`CPU milliseconds, best of ${runs}; the model has ${MODEL.split('\n').length} lines`);
console.table(
  Object.fromEntries(
    [...engines.keys()].map((name) => [
      name,
      {
        'model: compile': ms(best(name, 'compile')),
        'first render': ms(best(name, 'first')),
        '200 renders later': ms(best(name, 'again')),
        '1000 small, cold': ms(best(name, 'cold')),
        warm: ms(best(name, 'warm')),
        'same text': found.get(name)![0]!.length === found.get('tsdbt')![0]!.length,
      },
    ]),
  ),
);
const lines: [string, boolean][] = [
  ['the model compiles in less than with nunjucks', best('tsdbt', 'compile') < best('nunjucks', 'compile')],
  ['and renders the first time in no more', best('tsdbt', 'first') <= best('nunjucks', 'first')],
  ['nor later', best('tsdbt', 'again') <= best('nunjucks', 'again')],
];
if (python !== undefined) {
  lines.push(['1000 small in less than half of Jinja2', best('tsdbt', 'cold') < best('jinja2', 'cold') / 2]);
}
for (const [line, holds] of lines) console.log(`${holds ? 'yes' : 'NO '} ${line}`);
