import { type DbtParameter, dbtFlags, environmentNames } from './flags.ts';
import { SCENARIOS } from './scenarios.ts';

/** One command line, begun in a fresh copy of the built project. */
export interface Case {
  /** What it is called in the table: the words themselves, variables before them. */
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it is begun, below the project. */
  readonly cwd?: string;
  /** Files that replace those of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** Commands run before, whose own results are not looked at. */
  readonly before?: readonly (readonly string[])[];
}

/** Each command with the words it cannot be without. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  build: [],
  clean: [],
  clone: ['--state', 'state'],
  compile: [],
  debug: [],
  deps: [],
  'docs generate': [],
  init: ['fresh', '--skip-profile-setup', '--skip-debug'],
  list: [],
  ls: [],
  parse: [],
  retry: [],
  run: [],
  'run-operation': ['greet'],
  seed: [],
  show: ['--select', 'second'],
  snapshot: [],
  'source freshness': [],
  'source snapshot-freshness': [],
  test: [],
};

/** A right value of each option that takes one. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  add_package: ['pkg@1.0.0'],
  args: ['{who: me}'],
  defer_state: ['state'],
  deprecated_defer: ['true'],
  deprecated_favor_state: ['true'],
  deprecated_state: ['state'],
  event_time_end: ['2026-01-03'],
  event_time_start: ['2026-01-02'],
  exclude: ['second'],
  exclude_resource_types: ['test'],
  host: ['127.0.0.1'],
  indirect_selection: ['cautious'],
  inline: ["select * from {{ ref('first') }}"],
  inline_direct: ['select 1 as one'],
  limit: ['1'],
  log_file_max_bytes: ['1000'],
  log_format: ['json'],
  log_format_file: ['text'],
  log_level: ['warn'],
  log_level_file: ['warn'],
  log_path: ['logs_elsewhere'],
  maximum_seed_size_mib: ['2'],
  models: ['first'],
  output_keys: ['name', 'config.materialized'],
  partial_parse_file_path: ['target/nothing.msgpack'],
  printer_width: ['60'],
  profile: ['matrix'],
  profiles_dir: ['.'],
  project_dir: ['.'],
  record_timing_info: ['timing.txt'],
  resource_types: ['model'],
  sample: ['3 days'],
  select: ['first+'],
  selector: ['chosen'],
  source: ['local'],
  sql: ['select 1'],
  sqlparse: ['{MAX_GROUPING_DEPTH: 10}'],
  state: ['state'],
  target: ['other'],
  target_path: ['elsewhere'],
  threads: ['2'],
  v2_parser: ['nothing'],
  vars: ['{late: 2000000}'],
  warn_error_options: ['{error: [NoNodesForSelectionCriteria]}'],
};
const OUTPUTS: Readonly<Record<string, string>> = {
  'source freshness': 'fresh.json',
  'source snapshot-freshness': 'f',
};

/** A wrong value by the kind of the option. */
const WRONG: Readonly<Record<string, string>> = {
  Choice: 'wrong',
  ChoiceTuple: 'wrong',
  IntParamType: 'many',
  DateTime: 'tomorrow',
  YAML: '[not, a, map]',
  WarnErrorOptionsType: '{error: [Nothing], also: 1}',
  SampleType: 'for ever',
};

/** Options of which one value alone is refused, or that belong together. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  event_time_start: ['--event-time-end', '2026-01-03'],
  event_time_end: ['--event-time-start', '2026-01-02'],
  add_package: ['--source', 'hub'],
  source: ['--add-package', 'pkg'],
  defer: ['--state', 'state'],
  favor_state: ['--defer', '--state', 'state'],
  defer_state: ['--defer'],
};
/** These print what they know of the machine, or would ask the network. */
const LEFT_OUT = new Set(['version', 'add_package', 'source', 'upload_to_artifacts_ingest_api', 'use_v2_parser']);

export function allCases(): readonly Case[] {
  const found = [
    ...everyFlag(),
    ...negations(),
    ...beforeTheCommand(),
    ...environment(),
    ...wrongValues(),
    ...SCENARIOS,
  ];
  return [...new Map(found.map((one) => [one.name, one])).values()];
}

function case_(args: readonly string[], more: Partial<Case> = {}): Case {
  const variables = Object.entries(more.env ?? {}).map(([name, value]) => `${name}=${quoted(value)}`);
  // A project within a project is none of its own.
  const place = args.includes('init') ? { cwd: '../elsewhere' } : {};
  return { name: [...variables, ...args.map(quoted)].join(' '), args, ...place, ...more };
}

const quoted = (word: string): string => (/^[\w./:=+@,-]+$/.test(word) ? word : `'${word}'`);

function words(command: string, parameter: DbtParameter, base: readonly string[]): readonly string[] {
  const long = longest(parameter.opts ?? []);
  const companions = (COMPANIONS[parameter.name] ?? []).filter((word) => !base.includes(word));
  if (parameter.kind === 'flag') return [long, ...companions];
  // `--select` of `show` is among the words it cannot be without.
  return [long, ...valuesOf(command, parameter), ...companions];
}

function valuesOf(command: string, { name, choices }: DbtParameter): readonly string[] {
  if (name === 'output') return [OUTPUTS[command] ?? choices?.[0] ?? 'json'];
  return VALUES[name] ?? [`no value known for ${name}`];
}

const longest = (opts: readonly string[]): string => opts.reduce((a, b) => (b.length > a.length ? b : a), '');

function withBase(command: string, parameter: DbtParameter): Case {
  const given = new Set(words(command, parameter, []));
  const base = COMMANDS[command]!;
  // An option may be there once; a statement stands instead of nodes.
  const isReplaced =
    base.some((word) => given.has(word)) || ['inline', 'inline_direct', 'selector'].includes(parameter.name);
  const kept = command === 'show' && isReplaced ? [] : base.some((word) => given.has(word)) ? [] : base;
  return case_([...command.split(' '), ...kept, ...words(command, parameter, kept)]);
}

/** By these two commands each option is tried alone; others take those that change little all at once. */
const IN_FULL = ['run', 'ls'];
/** Not together with others: they say where things lie, or what is refused without something else. */
const ALONE = new Set([
  ...['deprecated_defer', 'deprecated_favor_state', 'deprecated_state', 'deprecated_print', 'defer', 'favor_state'],
  ...['defer_state', 'state', 'log_path', 'target_path', 'partial_parse_file_path', 'warn_error', 'warn_error_options'],
  ...['quiet', 'log_level', 'log_format', 'log_format_file', 'log_level_file', 'debug', 'target', 'record_timing_info'],
  ...['fail_fast', 'write_json', 'print', 'use_colors', 'v2_parser', 'partial_parse'],
]);
/** Of those, what every command is tried with. */
const EVERYWHERE = new Set(['debug', 'quiet', 'log_format', 'target_path', 'target']);

function everyFlag(): Case[] {
  const flags = dbtFlags();
  const global = new Set(
    flags['']!.map(({ name }) => name).concat('profiles_dir', 'project_dir', 'vars', 'threads', 'sqlparse'),
  );
  return Object.keys(COMMANDS).flatMap((command) => {
    const all = flags[command]!.filter(isCovered);
    const base = [...command.split(' '), ...COMMANDS[command]!];
    if (IN_FULL.includes(command)) return [case_(base), ...all.map((parameter) => withBase(command, parameter))];
    const together = all.filter(({ name }) => global.has(name) && !ALONE.has(name));
    return [
      case_(base),
      case_([...base, ...together.flatMap((parameter) => words(command, parameter, base))]),
      case_([...base, ...together.flatMap(({ off = [] }) => (off.length > 0 ? [longest(off)] : []))]),
      ...all
        .filter(({ name }) => EVERYWHERE.has(name) || !(global.has(name) || ALONE.has(name)))
        .map((parameter) => withBase(command, parameter)),
    ];
  });
}

const isCovered = ({ argument, name }: DbtParameter): boolean => argument !== true && !LEFT_OUT.has(name);

function negations(): Case[] {
  const flags = dbtFlags();
  const seen = new Set<string>();
  return ['run', ...Object.keys(COMMANDS)].flatMap((command) =>
    flags[command]!.filter(({ off = [], name }) => off.length > 0 && !LEFT_OUT.has(name) && !seen.has(name)).map(
      (one) => {
        seen.add(one.name);
        return case_([...command.split(' '), ...COMMANDS[command]!, longest(one.off!)]);
      },
    ),
  );
}

function beforeTheCommand(): Case[] {
  const all = dbtFlags()['']!.filter(isCovered);
  const together = all.filter(({ name }) => !ALONE.has(name));
  const alone = all.filter(({ name }) => EVERYWHERE.has(name) || name.startsWith('log_'));
  return [together, ...alone.map((one) => [one])].map((parameters) =>
    case_([...parameters.flatMap((parameter) => words('', parameter, [])), 'ls', '--select', 'second']),
  );
}

/** Both names of each variable: the newer one for all that go together, the older one alone. */
function environment(): Case[] {
  const flags = dbtFlags();
  const seen = new Set<string>();
  return ['run', ...Object.keys(COMMANDS)].flatMap((command) => {
    const found = flags[command]!.filter(
      (one) => isCovered(one) && !seen.has(one.name) && environmentNames(one).length > 0,
    );
    for (const { name } of found) seen.add(name);
    const value = (one: DbtParameter): string => (one.kind === 'flag' ? 'true' : valuesOf(command, one).join(' '));
    const together = found.filter(({ name }) => !ALONE.has(name) && COMPANIONS[name] === undefined);
    const variables = Object.fromEntries(together.map((one) => [environmentNames(one)[0]!, value(one)]));
    const base = [...command.split(' '), ...COMMANDS[command]!];
    return [
      ...(together.length > 0 ? [case_(base, { env: variables })] : []),
      ...found.map((one) =>
        case_([...base, ...(COMPANIONS[one.name] ?? [])], { env: { [environmentNames(one).at(-1)!]: value(one) } }),
      ),
    ];
  });
}

function wrongValues(): Case[] {
  const flags = dbtFlags();
  const seen = new Set<string>();
  return ['run', ...Object.keys(COMMANDS)].flatMap((command) =>
    flags[command]!.filter((one) => isCovered(one) && !seen.has(`${one.name} ${one.kind}`)).flatMap((one) => {
      seen.add(`${one.name} ${one.kind}`);
      const base = [...command.split(' '), ...COMMANDS[command]!];
      const wrong = WRONG[one.kind ?? ''];
      const cases = [case_([...base, ...(one.kind === 'flag' ? [`${longest(one.opts!)}=yes`] : [longest(one.opts!)])])];
      if (wrong === undefined && one.kind !== 'flag') return cases;
      if (wrong !== undefined) cases.push(case_([...base, longest(one.opts!), wrong]));
      const [name] = environmentNames(one);
      if (name !== undefined) cases.push(case_(base, { env: { [name]: wrong ?? 'perhaps' } }));
      return cases;
    }),
  );
}
