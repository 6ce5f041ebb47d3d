import type { ColumnDetail } from '../format/detail.ts';
import { type Loose, list, number, record, text, texts } from './loose.ts';
import { markdownToHtml } from './markdown.ts';

/** Columns in the database's order, then those only documented. `tests`: index of the tests of each column, by its name. */
export function columnsOf(
  documented: Loose,
  catalog: Loose,
  storage: Loose,
  tests: ReadonlyMap<string, readonly number[]>,
): ColumnDetail[] {
  const real = Object.values(record(catalog['columns']))
    .map(record)
    .sort((a, b) => (number(a['index']) ?? 0) - (number(b['index']) ?? 0));
  const byName = new Map(Object.entries(documented).map(([key, value]) => [keyOf(value, key), record(value)]));
  const stored = record(storage['columns']);
  const names = [...new Set([...real.map((one) => text(one['name'])), ...byName.keys()])];
  const realByName = new Map(real.map((one) => [text(one['name']), one]));
  return names.map((name) =>
    columnOf(name, byName.get(name) ?? {}, realByName.get(name) ?? {}, record(stored[name]), tests),
  );
}

const keyOf = (value: unknown, key: string): string => text(record(value)['name']) || key;

function columnOf(
  name: string,
  documented: Loose,
  real: Loose,
  stored: Loose,
  tests: ReadonlyMap<string, readonly number[]>,
): ColumnDetail {
  const type = text(real['type']);
  const said = text(documented['data_type']);
  const codec = text(stored['codec']);
  const bytes = number(stored['bytes']);
  const rawBytes = number(stored['raw_bytes']);
  // There are very many columns: what most lack is added where it is there.
  const column: { -readonly [key in keyof ColumnDetail]: ColumnDetail[key] } = {
    name,
    type: type || said,
    descriptionHtml: markdownToHtml(text(documented['description']) || text(real['comment'])),
    tags: texts(documented['tags']),
    constraints: constraintsOf(documented['constraints']),
    tests: tests.get(name.toLowerCase()) ?? NO_TESTS,
  };
  if (type !== '' && said !== '' && said !== type) column.documentedType = said;
  if (codec !== '') column.codec = codec;
  if (bytes !== null) column.bytes = bytes;
  if (rawBytes !== null) column.rawBytes = rawBytes;
  return column;
}

const NO_TESTS: readonly number[] = [];

function constraintsOf(value: unknown): string[] {
  return list(value).map((one) => {
    const { type, expression } = record(one);
    return [text(type).replaceAll('_', ' '), text(expression)].filter(Boolean).join(' ');
  });
}
