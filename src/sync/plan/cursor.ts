import type { Incremental, SourceColumn } from '../types.ts';
import { integerOf, parseClickHouseType } from './clickhouse-type.ts';
import { quoteColumn } from './names.ts';

/** SQL of ClickHouse around the column by which a source grows. */
export interface Cursor {
  /** Selects the newest value as text, and how many rows have none. */
  readonly newestSql: string;
  /** The source between two marks: above `since` less the overlap (all of it where undefined), up to `upTo`. */
  window(since: string | undefined, upTo: string): string;
}

/** Undefined where the column is missing or of a type that cannot be compared with a mark. */
export function cursorOf(
  source: string,
  { column, overlap }: Incremental,
  columns: readonly SourceColumn[],
  keepsUnknown: boolean,
): Cursor | undefined {
  const type = columns.find(({ name }) => name === column)?.type;
  const kind = type === undefined ? undefined : kindOf(type);
  if (kind === undefined) return undefined;
  const name = quoteColumn(column);
  const { text, moment } = KINDS[kind];
  return {
    newestSql: `SELECT ${text(`max(${name})`)} AS newest, countIf(isNull(${name})) AS unknown, count() AS rows FROM ${source}`,
    window(since, upTo) {
      const above = since === undefined ? [] : [`${name} ${overlap > 0 ? '>=' : '>'} ${moment(since, overlap)}`];
      const within = [...above, `${name} <= ${moment(upTo, 0)}`].join(' AND ');
      // A row without a value is never above a mark: it comes every time, or it would never come.
      const where = keepsUnknown ? `(${within}) OR isNull(${name})` : within;
      return `(SELECT * FROM ${source} WHERE ${where})`;
    },
  };
}

interface Kind {
  text(newest: string): string;
  moment(mark: string, overlap: number): string;
}

const KINDS: Readonly<Record<'moment' | 'day' | 'number', Kind>> = {
  // Microseconds since 1970, so that no time zone has a say.
  moment: {
    text: (newest) => `toString(toUnixTimestamp64Micro(CAST(${newest}, 'Nullable(DateTime64(6, \\'UTC\\'))')))`,
    moment: (mark, overlap) =>
      `fromUnixTimestamp64Micro(toInt64(${BigInt(mark) - BigInt(Math.round(overlap * 1e6))}), 'UTC')`,
  },
  day: {
    text: (newest) => `toString(${newest})`,
    moment: (mark, overlap) => `toDate32('${mark.replace(/[^\d-]/g, '')}') - ${Math.ceil(overlap / 86_400)}`,
  },
  number: { text: (newest) => `toString(${newest})`, moment: (mark, overlap) => `${BigInt(mark) - BigInt(overlap)}` },
};

function kindOf(text: string): keyof typeof KINDS | undefined {
  const type = parseClickHouseType(text);
  if (type.name === 'DateTime' || type.name === 'DateTime64') return 'moment';
  if (type.name === 'Date' || type.name === 'Date32') return 'day';
  const integer = integerOf(type);
  return integer && integer.bits <= 64 ? 'number' : undefined;
}
