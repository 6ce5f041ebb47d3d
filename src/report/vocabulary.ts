import type { Event, Level } from '../model/index.ts';
import { databaseEvents } from './vocabulary/database.ts';
import { generalEvents } from './vocabulary/general.ts';
import { nodeEvents } from './vocabulary/nodes.ts';
import { parsingEvents } from './vocabulary/parsing.ts';
import { summaryEvents } from './vocabulary/summary.ts';
import { warningEvents } from './vocabulary/warnings.ts';
import type { Word, Words } from './vocabulary/word.ts';

/** Every event we speak of: dbt's code and level, and our words for it. Source of names and codes: dbt-core 1.12. */
const WORDS: Words = {
  ...generalEvents,
  ...databaseEvents,
  ...nodeEvents,
  ...parsingEvents,
  ...summaryEvents,
  ...warningEvents,
};

/** An event that is not in the table is shown at debug level with its data, never lost. */
const UNKNOWN: Word = { code: 'Z999', level: 'debug', say: (data) => JSON.stringify(data) };

export function wordFor(event: Event): Word {
  return WORDS[event.name] ?? UNKNOWN;
}

export function levelOf(event: Event): Level {
  return event.level ?? wordFor(event).level;
}
