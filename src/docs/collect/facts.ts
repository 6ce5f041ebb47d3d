import { type Loose, list, record, text, texts, written } from './loose.ts';

/** What is worth a line on the page of a resource of this type, in words. */
export function factsOf(type: string, node: Loose, withCode: boolean): (readonly [string, string])[] {
  const facts = FACTS[type]?.(node, withCode) ?? [];
  return facts.filter(([, value]) => value !== '');
}

type Facts = (node: Loose, withCode: boolean) => readonly (readonly [string, string])[];

const FACTS: Readonly<Record<string, Facts>> = {
  source: (node) => [
    ['Source', text(node['source_name'])],
    ['About the source', text(node['source_description'])],
    ['Loader', text(node['loader'])],
    ['Loaded at', text(node['loaded_at_field']) || text(node['loaded_at_query'])],
  ],
  exposure: (node) => [
    ['Kind', text(node['type'])],
    ['Maturity', text(node['maturity'])],
    ['Address', text(node['url'])],
    ['Contact', text(record(node['owner'])['email'])],
  ],
  macro: (node) => [
    [
      'Arguments',
      list(node['arguments'])
        .map((one) => argumentOf(record(one)))
        .join('\n'),
    ],
    ['Calls', texts(record(node['depends_on'])['macros']).map(shortMacro).join(', ')],
  ],
  unit_test: (node, withCode) => [
    ['Tests', text(node['model'])],
    ...(withCode
      ? [
          ...list(node['given']).map((one): [string, string] => [
            `Given ${text(record(one)['input'])}`,
            rowsOf(record(one)),
          ]),
          ['Expects', rowsOf(record(node['expect']))] as const,
        ]
      : []),
  ],
  test: (node, withCode) => {
    const { name, kwargs } = record(node['test_metadata']);
    const given = Object.entries(record(kwargs)).filter(([key]) => key !== 'model');
    const { severity, where, warn_if, error_if } = record(node['config']);
    return [
      ['Test', text(name) || 'singular'],
      ['Column', text(node['column_name'])],
      ['With', withCode ? given.map(([key, value]) => `${key}: ${written(value)}`).join('\n') : ''],
      ['Severity', text(severity)],
      ['Where', text(where)],
      ['Warns if', text(warn_if) === '!= 0' ? '' : text(warn_if)],
      ['Fails if', text(error_if) === '!= 0' ? '' : text(error_if)],
    ];
  },
  sync: (node) => [
    ['Postgres table', text(node['target'])],
    ['Connection', text(node['connection'])],
    ['Mode', text(node['mode'])],
  ],
  metric: (node) => [
    ['Label', text(node['label'])],
    ['Kind', text(node['type'])],
    ['Defined by', written(node['type_params'])],
  ],
  saved_query: (node) => [['Query', written(node['query_params'])]],
  semantic_model: (node) => [
    ['Model', text(node['model'])],
    ['Entities', names(node['entities'])],
    ['Dimensions', names(node['dimensions'])],
    ['Measures', names(node['measures'])],
  ],
};

const names = (value: unknown): string =>
  list(value)
    .map((one) => text(record(one)['name']))
    .join(', ');

const shortMacro = (id: string): string => id.replace(/^macro\./, '');

function argumentOf({ name, type, description }: Loose): string {
  const typed = text(type) === '' ? text(name) : `${text(name)}: ${text(type)}`;
  return text(description) === '' ? typed : `${typed} (${text(description)})`;
}

const MOST_ROWS = 50;

function rowsOf({ rows, fixture }: Loose): string {
  if (typeof rows === 'string') return rows;
  const all = list(rows);
  const shown = all.slice(0, MOST_ROWS).map((row) => JSON.stringify(row));
  if (all.length > MOST_ROWS) shown.push(`… and ${all.length - MOST_ROWS} more`);
  return shown.length > 0 ? shown.join('\n') : text(fixture);
}
