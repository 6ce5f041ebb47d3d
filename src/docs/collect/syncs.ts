import type { SyncsData, SyncView } from '../format/operations.ts';
import { type Loose, list, number, record, text, texts } from './loose.ts';
import type { Resource } from './resources.ts';
import type { SiteInput } from './types.ts';

/** The syncs with how their last runs ended: of the records of runs, else of tsdbt_syncs.json. */
export function syncsOf(input: SiteInput, ordered: readonly Resource[]): SyncsData | undefined {
  const syncs = ordered.filter(({ type }) => type === 'sync');
  if (syncs.length === 0) return undefined;
  const records = (input.runs ?? [])
    .map(record)
    .sort((a, b) => (text(a['started_at']) < text(b['started_at']) ? -1 : 1));
  const last = lastOf(records);
  for (const one of list(record(input.syncs)['results']).map(record)) {
    const at = text(one['started_at']);
    const known = last.get(text(one['unique_id']));
    if (known === undefined || text(known['at']) <= at) {
      last.set(text(one['unique_id']), { ...one, at, seconds: one['execution_time'] });
    }
  }
  const asOf = text(record(record(input.manifest)['metadata'])['generated_at']);
  return { asOf, syncs: syncs.map((one) => viewOf(one, record(input.syncDefinitions?.[one.id]), last)) };
}

/** How each node last ended, and when. */
function lastOf(records: readonly Loose[]): Map<string, Loose> {
  const last = new Map<string, Loose>();
  for (const one of records) {
    const began = Date.parse(text(one['started_at']));
    const results = list(one['results']).map(record);
    list(one['nodes']).forEach((id, at) => {
      const result = results[at] ?? {};
      if (result['status'] === 'skipped' || Number.isNaN(began)) return;
      const start = number(result['start']) ?? 0;
      const end = number(result['end']) ?? 0;
      last.set(text(id), { ...result, at: new Date(began + start).toISOString(), seconds: (end - start) / 1000 });
    });
  }
  return last;
}

function viewOf({ id, node, parents }: Resource, definition: Loose, last: ReadonlyMap<string, Loose>): SyncView {
  const result = last.get(id) ?? {};
  const at = text(result['at']);
  const built =
    parents
      .map((parent) => text(last.get(parent)?.['at']))
      .filter(Boolean)
      .sort()
      .at(-1) ?? '';
  return {
    id,
    target: text(node['target']),
    connection: text(node['connection']),
    mode: text(node['mode']),
    facts: factsOf(definition),
    columns: columnsOf(definition),
    status: text(result['status']),
    at,
    seconds: number(result['seconds']) ?? 0,
    rows: number(result['rows']),
    rowsBefore: number(result['rows_before']),
    bytes: number(result['bytes']),
    message: text(result['message']),
    sourceBuiltAt: built,
    behind: at !== '' && built !== '' && built > at,
  };
}

function factsOf(definition: Loose): (readonly [string, string])[] {
  const guards = record(definition['guards']);
  const share = (key: string): string => {
    const value = number(guards[key]);
    return value === null || value === 0 ? '' : `${Math.round(value * 100)} %`;
  };
  const wait = record(definition['wait_for']);
  const incremental = record(definition['incremental']);
  const backup = record(definition['backup']);
  const facts: (readonly [string, string])[] = [
    ['Key', texts(definition['key']).join(', ')],
    ['At least, of the rows there', share('min_share')],
    ['At least, of the rows looked up', share('min_enriched')],
    ['At least rows', (number(guards['min_rows']) ?? 0) > 0 ? text(guards['min_rows']) : ''],
    ['New columns', text(definition['drift'])],
    ['Grows by', text(incremental['column'])],
    ['What it reads is at most', hours(number(wait['built_within']))],
    [
      'Indexes',
      list(definition['indexes'])
        .map((one) => `${record(one)['unique'] === true ? 'unique ' : ''}(${texts(record(one)['columns']).join(', ')})`)
        .join('\n'),
    ],
    [
      'Looks up in',
      list(definition['enrichment'])
        .map((one) => tableName(record(record(one)['table'])))
        .join(', '),
    ],
    ['Keeps the table before as', number(backup['keep']) === 1 ? tableName(record(backup['name'])) : ''],
  ];
  return facts.filter(([, value]) => value !== '');
}

const tableName = (table: Loose): string => [text(table['schema']), text(table['name'])].filter(Boolean).join('.');
const hours = (value: number | null): string =>
  value === null ? '' : value % 3600 === 0 ? `${value / 3600} h old` : `${value / 60} min old`;

/** Columns that differ between the two sides; the others keep their names. */
function columnsOf(definition: Loose): SyncView['columns'] {
  const rules = list(definition['columns'])
    .map(record)
    .map((one) => ({
      source: text(one['expression']) || text(one['source']) || text(one['name']),
      name: text(one['name']),
      note: text(one['type']),
    }));
  const lookedUp = list(definition['enrichment'])
    .map(record)
    .flatMap((one) =>
      Object.entries(record(one['columns'])).map(([name, source]) => ({
        source: `${tableName(record(one['table']))}.${text(source)}`,
        name,
        note: 'looked up',
      })),
    );
  const excluded = texts(definition['exclude']).map((name) => ({ source: name, name: '', note: 'left out' }));
  return [...rules, ...lookedUp, ...excluded];
}
