import { Argument, Command, CommanderError, Option } from 'commander';
import { isTsdbtError, TsdbtError } from '../error/index.ts';
import { rewriteAliases } from './argv.ts';
import type { CommandSpec, Given } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { GLOBAL_OPTIONS, type OptionSpec } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import { versionText } from './version.ts';

/** Parses the command line and runs the command; gives the exit code: 0 done, 1 a result failed, 2 anything else. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let code = 0;
  const program = newCommand('tsdbt', surroundings)
    .description('Compile, run, test and sync a dbt project on ClickHouse.')
    // Options before the command are the program's own, so that one given on both sides is seen.
    .enablePositionalOptions()
    .usage('[options] <command> [options]')
    .version(versionText().trimEnd(), '-V, --version', 'show versions')
    .addOption(new Option('-v').hideHelp());
  addOptions(
    program,
    GLOBAL_OPTIONS.filter(({ afterOnly }) => afterOnly !== true),
  );
  const groups = new Map<string, Command>();
  for (const spec of COMMANDS) {
    const command = newCommand(spec.name.split(' ').at(-1)!, surroundings).description(spec.description);
    for (const alias of spec.aliases ?? []) command.alias(alias);
    for (const { name, description, choices } of spec.arguments ?? []) {
      const argument = new Argument(name, description);
      command.addArgument(choices === undefined ? argument : argument.choices([...choices]));
    }
    // Thousands of options of commands that are not called would cost more than many a command.
    if (mayBeCalled(spec, argv)) addOptions(command, [...spec.options, ...OPTIONS_OF_ALL]);
    command.addHelpText('after', '\nOptions of every command: tsdbt --help');
    command.action(async () => {
      code = await spec.run({
        which: spec.name,
        given: givenOf(program, command, spec),
        positional: command.args,
        argv,
        surroundings,
      });
    });
    groupFor(program, groups, spec, surroundings).addCommand(command);
  }
  try {
    await program.parseAsync(rewriteAliases(argv), { from: 'user' });
  } catch (error) {
    if (isTsdbtError(error)) {
      surroundings.writeAside?.(`error: ${error.message}\n`);
      surroundings.failed?.(error);
      return 2;
    }
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) {
      surroundings.failed?.(new TsdbtError({ code: 'TSD9001', message: error.message.replace(/^error: /, '') }));
    }
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

/** Those that may stand before the command are shown by `tsdbt --help`. */
const OPTIONS_OF_ALL = GLOBAL_OPTIONS.map((option) => ({
  ...option,
  hidden: option.hidden === true || option.afterOnly !== true,
}));

function mayBeCalled({ name, aliases = [] }: CommandSpec, argv: readonly string[]): boolean {
  return [name.split(' ').at(-1) ?? name, ...aliases].some((word) => argv.includes(word));
}

function newCommand(name: string, { write, writeAside, isTerminal }: Surroundings): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: write,
      writeErr: (text) => writeAside?.(text),
      getOutHasColors: () => isTerminal,
      getErrHasColors: () => isTerminal,
    })
    .showHelpAfterError('(--help shows what is there)')
    .allowExcessArguments(false);
}

/** `server start` hangs below `server`. */
function groupFor(
  program: Command,
  groups: Map<string, Command>,
  spec: CommandSpec,
  surroundings: Surroundings,
): Command {
  const words = spec.name.split(' ').slice(0, -1);
  if (words.length === 0) return program;
  const name = words.join(' ');
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group = newCommand(name, surroundings).description(GROUP_DESCRIPTIONS[name] ?? name);
  program.addCommand(group);
  groups.set(name, group);
  return group;
}

const GROUP_DESCRIPTIONS: Readonly<Record<string, string>> = {
  server: 'Start, stop and look at the private ClickHouse.',
  sync: 'Push marts to Postgres.',
  job: 'Run the jobs of the project, from any scheduler.',
  source: 'Look at the sources.',
  docs: 'Make and serve the documentation.',
};

function addOptions(command: Command, specs: readonly OptionSpec[]): void {
  for (const spec of specs) {
    const option = new Option(spec.flags, spec.description).hideHelp(spec.hidden === true);
    if (spec.choices !== undefined) option.choices([...spec.choices]);
    command.addOption(option);
    if (spec.kind === 'switch')
      command.addOption(new Option(spec.negated ?? `--no-${spec.key.replaceAll('_', '-')}`).hideHelp());
  }
}

/** Values by dbt's names, whichever side of the command they were given on; both sides at once is an error, as in dbt. */
function givenOf(program: Command, command: Command, spec: CommandSpec): Given {
  const given: Record<string, unknown> = {};
  for (const option of [...GLOBAL_OPTIONS, ...spec.options]) {
    const name = camelCase(option.key);
    const before = program.getOptionValueSource(name) === 'cli';
    const after = command.getOptionValueSource(name) === 'cli';
    if (before && after) {
      command.error(`error: option '--${option.key.replaceAll('_', '-')}' is given before and after the command`, {
        exitCode: 2,
      });
    }
    if ((before || after) && option.key.startsWith('deprecated_')) {
      command.error('error: deprecated parameters can only be set via environment variables', { exitCode: 2 });
    }
    if (before || after) given[option.key] = (after ? command : program).getOptionValue(name);
  }
  return given;
}

function camelCase(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
