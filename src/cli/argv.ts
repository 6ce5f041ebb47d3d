/** Names dbt has for an option beyond the two a parser can hold; rewritten before parsing. */
const LONG_ALIASES: Readonly<Record<string, string>> = {
  '--resource-type': '--resource-types',
  '--exclude-resource-type': '--exclude-resource-types',
  // Refused by the same name: both may only be set in the environment.
  '--deprecated-no-print': '--deprecated-print',
};
const SELECT_ALIASES = ['--models', '--model', '-m'];

/** For `ls`, `--models` is an option of its own: it also leaves out everything that is no model. */
const LIST_COMMANDS = ['ls', 'list'];

export function rewriteAliases(argv: readonly string[]): string[] {
  const select = argv.some((word) => LIST_COMMANDS.includes(word)) ? '--models' : '--select';
  return argv.map((word) => {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const target = SELECT_ALIASES.includes(name) ? select : (LONG_ALIASES[name] ?? name);
    return equals < 0 ? target : `${target}${word.slice(equals)}`;
  });
}
