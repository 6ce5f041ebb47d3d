import { TsdbtError } from '../../error/index.ts';
import type { Event, Flags } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import { BEHAVIOUR_FLAGS } from './behaviour.ts';
import { flagsOfCommand } from './command-flags.ts';
import { convertFlag } from './convert.ts';
import { type Environment, flagFromEnvironment, unknownEngineVariables } from './environment.ts';
import { ALWAYS_SET, type FlagSpec, GLOBAL_FLAGS } from './table.ts';

export interface FlagSources {
  readonly which: string;
  /** Options of the command line that were given, by dbt's name in snake case; text as typed, or data. */
  readonly options: DataMap;
  readonly env: Environment;
  /** `flags:` of dbt_project.yml as written. */
  readonly project: DataMap;
}

export interface ResolvedFlags {
  readonly flags: Flags;
  /** Names of the flags that somebody set: by the command line, the environment or the project. */
  readonly given: ReadonlySet<string>;
  readonly warnings: readonly Event[];
}

/** Command line over DBT_ENGINE_X over DBT_X over `flags:` of the project over default. Throws TSD9001 for a wrong value. */
export function resolveFlags(sources: FlagSources): ResolvedFlags {
  const flags: Record<string, Data> = {};
  const given = new Set<string>();
  const warnings: Event[] = [...unknownEngineVariables(sources.env)];
  for (const spec of [...ALWAYS_SET, ...GLOBAL_FLAGS, ...flagsOfCommand(sources.which)]) {
    const found = resolveFlag(spec, sources, warnings);
    if (found !== undefined) given.add(spec.name);
    flags[spec.name] = found === undefined ? spec.default : found;
  }
  for (const [name, byDefault] of Object.entries(BEHAVIOUR_FLAGS)) {
    flags[name] = behaviourFlag(name, sources.project[name], byDefault);
  }
  follow(flags, given, 'use_colors', 'use_colors_file');
  follow(flags, given, 'log_level', 'log_level_file');
  follow(flags, given, 'log_format', 'log_format_file');
  if (/^(?:1|t|true|y|yes)$/i.test(sources.env['DO_NOT_TRACK'] ?? '')) flags['send_anonymous_usage_stats'] = false;
  checkTogether(flags, given);
  return { flags, given, warnings };
}

function resolveFlag(spec: FlagSpec, { options, env, project }: FlagSources, warnings: Event[]): Data | undefined {
  const typed = options[spec.name];
  if (typed !== undefined) return convertFlag(spec, typed, `--${spec.name.replaceAll('_', '-')}`);
  const fromEnvironment = flagFromEnvironment(spec, env);
  if (fromEnvironment !== undefined) {
    warnings.push(...fromEnvironment.warnings);
    return fromEnvironment.value;
  }
  const written = spec.inProject ? project[spec.name] : undefined;
  if (written === undefined || written === null) return undefined;
  warnings.push(...deprecatedOptions(spec, written));
  return convertFlag(spec, written, `flags: ${spec.name}`);
}

function deprecatedOptions(spec: FlagSpec, written: Data): Event[] {
  if (spec.kind !== 'warn-error-options') return [];
  const found_include = Object.hasOwn(written as DataMap, 'include');
  const found_exclude = Object.hasOwn(written as DataMap, 'exclude');
  return found_include || found_exclude
    ? [{ name: 'WEOIncludeExcludeDeprecation', data: { found_include, found_exclude } }]
    : [];
}

function behaviourFlag(name: string, written: Data | undefined, byDefault: boolean): boolean {
  if (written === undefined || written === null) return byDefault;
  const spec: FlagSpec = { name, kind: 'boolean', default: byDefault, env: 'none' };
  return convertFlag(spec, written, `flags: ${name}`) === true;
}

/** What is set for the terminal holds for the log file too, unless that is set itself. */
function follow(flags: Record<string, Data>, given: ReadonlySet<string>, lead: string, follower: string): void {
  if (given.has(lead) && !given.has(follower)) flags[follower] = flags[lead] as Data;
}

function checkTogether(flags: Flags, given: ReadonlySet<string>): void {
  for (const [first, second] of [
    ['warn_error', 'warn_error_options'],
    ['select', 'inline'],
    ['selector', 'inline'],
  ] as const) {
    if (given.has(first) && given.has(second)) throw usage(`${second}: not allowed with argument ${first}`);
  }
  const { event_time_start: start, event_time_end: end } = flags;
  if ((start == null) !== (end == null)) {
    const [has, misses] = start == null ? ['end', 'start'] : ['start', 'end'];
    throw usage(
      `The flag \`--event-time-${has}\` was specified, but \`--event-time-${misses}\` was not. When specifying \`--event-time-${has}\`, \`--event-time-${misses}\` must also be present.`,
    );
  }
  if (start != null && end != null && String(start) >= String(end)) {
    throw usage('Value for `--event-time-start` must be less than `--event-time-end`');
  }
}

function usage(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD9001', message });
}
