import { TsdbtError } from '../error/index.ts';
import type { Progress } from '../report/index.ts';

export const PROGRESS_CHOICES = ['auto', 'live', 'plain', 'minimal', 'none'];

/** Set by agents that run commands for a person: they read every line they are given, so they get few. */
const AGENTS = ['AI_AGENT', 'CLAUDECODE', 'CURSOR_AGENT', 'GEMINI_CLI', 'CODEX_SANDBOX', 'OPENCODE'];

/** `--progress`, then TSDBT_PROGRESS, then what the surroundings are: a terminal, GitHub Actions, an agent, a pipe. */
export function progressOf(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  isTerminal: boolean,
  isText: boolean,
): Progress {
  const wanted = given ?? (env['TSDBT_PROGRESS'] || 'auto');
  if (!PROGRESS_CHOICES.includes(wanted)) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: `TSDBT_PROGRESS is '${wanted}', which is not one of ${PROGRESS_CHOICES.join(', ')}`,
    });
  }
  if (wanted !== 'auto') return wanted as Progress;
  if (!isText) return 'none';
  if (AGENTS.some((name) => isSet(env[name]))) return 'minimal';
  if (isSet(env['GITHUB_ACTIONS'])) return 'plain';
  return isTerminal && env['TERM'] !== 'dumb' && !isSet(env['CI']) ? 'live' : 'none';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
