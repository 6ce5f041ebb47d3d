import type { DataMap } from '../../util/data.ts';

/** The rows of a CSV text by the names of its first line. Every value is text; a missing one is null. */
export function csvRows(text: string): readonly DataMap[] {
  const [names, ...lines] = records(text).filter((record) => record.length > 1 || record[0] !== '');
  if (names === undefined) return [];
  return lines.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));
}

const FIELD = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r?\n|\r|$)/y;

function records(text: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || record.length > 0) {
    const match = FIELD.exec(text);
    if (match === null) break;
    const [, quoted, rest = '', plain = '', end = ''] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + rest);
    if (end === ',') continue;
    all.push(record);
    record = [];
  }
  return all;
}
