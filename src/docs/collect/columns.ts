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
  return {
    name,
    type: type || said,
    ...(type !== '' && said !== '' && said !== type ? { documentedType: said } : {}),
    descriptionHtml: markdownToHtml(text(documented['description']) || text(real['comment'])),
    tags: texts(documented['tags']),
    constraints: list(documented['constraints']).map((one) =>
      [text(record(one)['type']).replaceAll('_', ' '), text(record(one)['expression'])].filter(Boolean).join(' '),
    ),
    tests: tests.get(name.toLowerCase()) ?? [],
    ...(codec === '' ? {} : { codec }),
    ...(bytes === null ? {} : { bytes }),
    ...(rawBytes === null ? {} : { rawBytes }),
  };
}
