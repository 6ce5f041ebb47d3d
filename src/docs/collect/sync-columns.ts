import { type Loose, list, record, text, texts } from './loose.ts';
import type { Resource } from './resources.ts';
import type { SiteInput } from './types.ts';

/** A column of a table in Postgres, and the columns of the model that it is made of. */
export interface SyncColumn {
  readonly name: string;
  /** As the definition says; empty where Postgres' type follows from ClickHouse's. */
  readonly type: string;
  readonly note: string;
  readonly sources: readonly { readonly node: string; readonly column: string; readonly kind: string }[];
}

/** The columns that each sync fills, by its unique_id; only where it copies one model, whose columns are known. */
export function syncColumnsOf(
  { catalog, columnLineage, syncDefinitions = {} }: SiteInput,
  ordered: readonly Resource[],
): ReadonlyMap<string, readonly SyncColumn[]> {
  const typed = record(record(columnLineage)['nodes']);
  const stored = { ...record(record(catalog)['nodes']), ...record(record(catalog)['sources']) };
  const byId = new Map(ordered.map((one) => [one.id, one]));
  return new Map(
    ordered.flatMap(({ id, type, parents }): [string, SyncColumn[]][] => {
      // Other syncs among its parents have filled the tables that it looks up in.
      const syncs = parents.filter((one) => byId.get(one)?.type === 'sync');
      const [parent, other] = parents.filter((one) => !syncs.includes(one));
      if (type !== 'sync' || parent === undefined || other !== undefined) return [];
      const known = [typed[parent], stored[parent], byId.get(parent)?.node].map((one) =>
        Object.keys(record(record(one)['columns'])),
      );
      const names = known.find((one) => one.length > 0);
      const filled = new Map(syncs.map((one) => [text(byId.get(one)?.node['target']), one]));
      return names === undefined ? [] : [[id, columnsOf(record(syncDefinitions[id]), parent, names, filled)]];
    }),
  );
}

/** `filled`: syncs by the table each fills. */
function columnsOf(
  definition: Loose,
  node: string,
  names: readonly string[],
  filled: ReadonlyMap<string, string>,
): SyncColumn[] {
  const rules = list(definition['columns']).map(record);
  const computed = rules.filter((rule) => text(rule['expression']) !== '');
  const left = new Set([...texts(definition['exclude']), ...computed.map((rule) => text(rule['name']))]);
  const from = (column: string, kind = 'value') => ({ node, column, kind });
  const plain = names
    .filter((name) => !left.has(name))
    .map((name): SyncColumn => {
      const rule = rules.find((one) => !computed.includes(one) && (text(one['source']) || text(one['name'])) === name);
      return { name: text(rule?.['name']) || name, type: text(rule?.['type']), note: '', sources: [from(name)] };
    });
  const made = computed.map((rule): SyncColumn => {
    const words = new Set(text(rule['expression']).match(/[\p{L}\p{N}_]+/gu));
    const sources = names.filter((name) => words.has(name)).map((name) => from(name));
    return { name: text(rule['name']), type: text(rule['type']), note: `\`${text(rule['expression'])}\``, sources };
  });
  return [...plain, ...made, ...lookedUp(definition, from, filled), ...numbered(definition)];
}

/** A column may be filled by several look-ups: it stands there once. */
function lookedUp(
  definition: Loose,
  from: (column: string, kind: string) => SyncColumn['sources'][number],
  filled: ReadonlyMap<string, string>,
): SyncColumn[] {
  const found = new Map<string, SyncColumn>();
  for (const lookup of list(definition['enrichment']).map(record)) {
    const { schema, name: table } = record(lookup['table']);
    const place = [text(schema), text(table)].filter(Boolean).join('.');
    const sync = filled.get(place);
    const keys = Object.keys(record(lookup['match'])).map((column) => from(column, 'join'));
    for (const [name, value] of Object.entries(record(lookup['columns']))) {
      const before = found.get(name);
      const column = text(value);
      const there = sync === undefined ? [] : [{ node: sync, column, kind: 'value' }];
      found.set(name, {
        name,
        type: '',
        note: `${before === undefined ? 'Looked up:' : `${before.note},`} \`${place}.${column}\``,
        sources: [...(before?.sources ?? []), ...there, ...keys],
      });
    }
  }
  return [...found.values()];
}

function numbered(definition: Loose): SyncColumn[] {
  const name = text(record(definition['id'])['column']);
  return name === '' ? [] : [{ name, type: '', note: 'Numbered by the sync.', sources: [] }];
}
