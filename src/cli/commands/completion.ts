import type { CommandSpec } from '../command.ts';
import { SCRIPTS } from '../completion/scripts.ts';

export const completion: CommandSpec = {
  name: 'completion',
  description: 'Print what bash, zsh or fish needs to complete commands, options and names of nodes.',
  arguments: [{ name: '<shell>', description: 'bash, zsh or fish', choices: Object.keys(SCRIPTS) }],
  options: [],
  run: async ({ positional, surroundings }) => {
    surroundings.write(SCRIPTS[positional[0]!]!);
    return 0;
  },
};
