import { COMMANDS } from '../commands/index.ts';
import { GLOBAL_OPTIONS } from '../options.ts';
import { candidates } from './candidates.ts';
import { projectNames } from './names.ts';

/** What a shell asks with each press of the tab key: the words that may stand where the line ends, one on a line. */
export function complete(line: string, cwd: string, env: NodeJS.ProcessEnv): string {
  const found = candidates(line, COMMANDS, GLOBAL_OPTIONS, () => projectNames(cwd, env));
  return found.map((word) => `${word}\n`).join('');
}
