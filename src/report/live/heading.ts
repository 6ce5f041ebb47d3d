import type { Event } from '../../model/index.ts';
import { ownVersion } from '../../util/own-version.ts';
import { DBT_VERSION } from '../../util/versions.ts';

/** dbt's first lines, which two of our own replace where nodes are run. */
const HELD = new Set(['MainReportVersion', 'AdapterRegistered', 'FoundStats']);

/** What a terminal sees before the first node. */
export interface Heading {
  parsed(seconds: number, filesRead: number): void;
  connected(server: string): void;
  /** What is to be said now: of an event, those held back before it and the event itself, or the heading in their place. */
  after(event: Event, at: Date): readonly (string | readonly [Event, Date])[];
  /** What is still held back. */
  rest(): readonly (readonly [Event, Date])[];
}

export function createHeading(): Heading {
  let held: (readonly [Event, Date])[] = [];
  let seconds: number | undefined;
  let files = 0;
  let server: string | undefined;
  let isJustSaid = false;
  const rest = (): readonly (readonly [Event, Date])[] => {
    const all = held;
    held = [];
    return all;
  };
  return {
    parsed(took, filesRead) {
      seconds = took;
      files = filesRead;
    },
    connected(name) {
      server = name;
    },
    rest,
    after(event, at) {
      if (HELD.has(event.name)) {
        held.push([event, at]);
        return [];
      }
      // The blank lines around dbt's own heading.
      if (event.name === 'Formatting' && event.data['msg'] === '' && (held.length > 0 || isJustSaid)) return [];
      isJustSaid = event.name === 'ConcurrencyLine';
      if (!isJustSaid) return [...rest(), [event, at]];
      const found = rest().find(([one]) => one.name === 'FoundStats')?.[0];
      return [headline(event, server), ...(found === undefined ? [] : [parsedLine(found, seconds, files)])];
    },
  };
}

/** `tsdbt 0.4.0 (dbt 1.12.6)  target dev  clickhouse 26.3 localhost:8123  8 threads`. */
function headline({ data }: Event, server: string | undefined): string {
  const threads = Number(data['num_threads']);
  return [
    `tsdbt ${ownVersion()} (dbt ${DBT_VERSION})`,
    `target ${String(data['target_name'])}`,
    ...(server === undefined ? [] : [server]),
    `${threads} thread${threads === 1 ? '' : 's'}`,
  ].join('  ');
}

/** `Parsed 112 models, 260 data tests in 0.41s (9 files read)`. Macros are hardly ever the project's own. */
function parsedLine({ data }: Event, seconds: number | undefined, files: number): string {
  const counts = String(data['stat_line']).replace(/, \d+ macros?/, '');
  const time = seconds === undefined ? '' : ` in ${seconds.toFixed(2)}s`;
  return `Parsed ${counts}${time} (${files === 0 ? 'nothing changed' : `${files} file${files === 1 ? '' : 's'} changed`})`;
}
