import { isDeepStrictEqual } from 'node:util';
import type { Observation } from './observe.ts';
import { REASONS } from './reasons.ts';

/** Events of parts that are built another way: the adapter's connections, dbt's cache of what was parsed, its telemetry. */
const OF_DBT_ALONE = new Set([
  ...[
    'Z042 FlushEvents',
    'Z043 FlushEventsFailure',
    'Z051 ResourceReport',
    'Z050 Note',
    'Z040 SendingEvent',
    'A003 MainTrackingUserState',
  ],
  ...['I063 JinjaLogDebug', 'I024 UnableToPartialParse', 'M023 DepsSetDownloadDirectory'],
  ...[
    'Z037 DepsCreatingLocalSymlink',
    'Q044 MicrobatchExecutionDebug',
    'Z006 SystemExecutingCmd',
    'Z007 SystemStdOut',
    'Z008 SystemStdErr',
  ],
  ...['W002 CatchableExceptionOnRun', 'Z033 MarkSkippedChildren', 'Z011 LogDebugStackTrace'],
]);
export const isOfDbtAlone = (event: string): boolean =>
  OF_DBT_ALONE.has(event) || /^(?:T\d|E0(?!34|4[2-7])|I0(?:1|2|4)|M0(?:16|17|18|2))/.test(event);

/** What dbt keeps for itself, what belongs to the site, and what a fixture of a unit test leaves behind. */
const NOT_COMPARED =
  /^(?:\.user\.yml|\.tsdbt\/.*|.*\/site\/.*|.*(?:graph\.gpickle|graph_summary\.json|index\.html|osi_document\.json|semantic_manifest\.json|partial_parse\.msgpack|perf_info\.json|dbt\.log\.\d+|timing\.txt|models\.yml\/first\.sql|tsdbt_\w+\.json))$/;

/** Fields that the one keeps as they were given, the other as it understands them: paths, windows of time. */
const AS_GIVEN =
  /unrendered_config\/tags|args\/(?:sample|sqlparse|log_path|profiles_dir|project_dir|target_path|state|defer_state)/;

/** What is not the same, a line each; empty where all is. */
export function differences(name: string, expected: Observation, found: Observation): string[] {
  const reasons = REASONS.filter(({ cases }) => cases.test(name));
  if (reasons.some(({ lines }) => lines === undefined)) return [];
  return allDifferences(name, expected, found).filter((line) => !reasons.some(({ lines }) => lines?.test(line)));
}

function allDifferences(name: string, expected: Observation, found: Observation): string[] {
  const lines: string[] = [];
  if (expected.code !== found.code) return [`exit ${found.code}, dbt ${expected.code}: ${ending(found)}`];
  // What is wrong is said in words of our own, and usage to stderr.
  if (expected.code === 2) return found.stderr || found.stdout.join('').includes('rror') ? [] : ['says nothing'];
  if (expected.events.length === 0 && expected.files.length === 0) return [];
  if (!name.startsWith('debug')) lines.push(...listDifferences('stdout', spoken(name, expected), spoken(name, found)));
  if (isLogWhole(expected)) {
    lines.push(...listDifferences('events', told(expected), told(found)));
    // Rows and statements that are shown are no run of nodes here.
    if (!/^(?:show|clone)|--inline/.test(name)) lines.push(...listDifferences('debug', debug(expected), debug(found)));
  }
  lines.push(...listDifferences('files', kept(expected.files), kept(found.files)));
  for (const [file, shape] of Object.entries(expected.artifacts)) {
    const ours = found.artifacts[file];
    if (ours !== undefined && !NOT_COMPARED.test(file)) lines.push(...shapeDifferences(file, shape, ours));
  }
  return lines.filter((line) => !AS_GIVEN.test(line));
}

/** What `debug` finds on a machine is another list for Python than for Node. */
const isDebugCommand = ({ events }: Observation): boolean => events.includes('info Z047 DebugCmdOut');

/** Of a log that was rolled over, or whose beginning `clean` deleted, only the end is there. */
function isLogWhole({ files, events }: Observation): boolean {
  return !files.some((file) => /dbt\.log\.\d+$/.test(file)) && events.length > 1;
}

const ending = ({ stdout }: Observation): string => stdout.slice(-8).join(' | ');

const kept = (files: readonly string[]): string[] => files.filter((file) => !NOT_COMPARED.test(file));
const debug = ({ debugEvents }: Observation): string[] => debugEvents.filter((one) => !isOfDbtAlone(one));

function told(observation: Observation): string[] {
  const events = observation.events.filter((one) => !isOfDbtAlone(one.replace(/^\w+ /, '')));
  return isDebugCommand(observation) ? [...new Set(events)].sort() : steady(events);
}

/** Where nodes have no order between them, their lines come as the threads are: sorted they are the same. */
function steady(lines: readonly string[]): string[] {
  const isFree = (line: string): boolean =>
    /\d+ of \d+ |already exists|No relation found|Q011|Q012|Q019|Q024|Q034|I062/.test(line);
  const free = lines
    .filter(isFree)
    .map((line) =>
      line
        .replace(/\d+ of (\d+ )/, 'n of $1')
        .replace(/\.{2,}/, '..')
        .replace(/ +\[/, ' ['),
    )
    .sort();
  return lines.map((line) => (isFree(line) ? free.shift()! : line));
}

/** Lines at debug level are the tools' own; of an error's text only the first line is dbt's word. */
function spoken(name: string, { stdout }: Observation): string[] {
  if (stdout.some((line) => line.includes('running dbt with arguments'))) return [];
  const lines: string[] = [];
  const isListing = /(?:^| )(?:ls|list)(?: |$)/.test(name);
  let within = false;
  for (const line of stdout) {
    if (
      /Unable to do partial parsing|arguments are being ignored|--select and --exclude mean nothing|Performance info|Resource report:/.test(
        line,
      )
    )
      continue;
    // Of `ls`, what is no answer goes to stderr: shells count the lines.
    if (
      isListing &&
      /^(?:TIME {2}(?:Running with|Registered adapter|Found )|info )/.test(line) &&
      !line.includes('PrintEvent')
    )
      continue;
    const isNew = /^(?:TIME|\{|info |warn |error )/.test(line);
    if (within && !isNew) continue;
    within = /Encountered an error|\[WARNING\]\[\w+\]:|Deprecated functionality|Error in |was created!/.test(line);
    if (/^={30} /.test(line)) lines.push('=== invocation');
    else if (/ProjectCreated .*was created!/.test(line)) lines.push(line.split('\n')[0] ?? '');
    else
      lines.push(
        line.includes('  Found ')
          ? line
              .split(/, |Found /)
              .sort()
              .join(', ')
          : line,
      );
  }
  while (lines.at(-1) === '') lines.pop();
  return steady(lines);
}

function listDifferences(what: string, expected: readonly string[], found: readonly string[]): string[] {
  if (isDeepStrictEqual(expected, found)) return [];
  const missing = without(expected, found);
  const more = without(found, expected);
  if (missing.length + more.length > 0) {
    return [...missing.map((line) => `${what} - ${line}`), ...more.map((line) => `${what} + ${line}`)];
  }
  const at = expected.findIndex((line, index) => line !== found[index]);
  return [`${what}: in another order from ${at}: ${found[at]}, dbt ${expected[at]}`];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function shapeDifferences(what: string, expected: unknown, found: unknown): string[] {
  if (isDeepStrictEqual(expected, found)) return [];
  if (Array.isArray(expected) && Array.isArray(found) && typeof (expected[0] ?? found[0]) === 'string') {
    return listDifferences(what, expected as string[], found as string[]).filter((line) => !line.includes('/docs/*'));
  }
  if (typeof expected === 'object' && expected !== null && typeof found === 'object' && found !== null) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...keys].flatMap((key) =>
      shapeDifferences(
        `${what}/${key}`,
        (expected as Record<string, unknown>)[key],
        (found as Record<string, unknown>)[key],
      ),
    );
  }
  return [`${what}: ${JSON.stringify(found)}, dbt ${JSON.stringify(expected)}`];
}
