import type { At } from '../../error/index.ts';
import { parseDuration } from '../../util/definitions.ts';
import { fitName, type TableName } from '../plan/names.ts';
import type { IndexDefinition, SyncDefinition, SyncSource, Timeouts, Transport } from '../types.ts';
import type { SyncEntry } from './schema.ts';

const REF = /^\s*(?:\{\{\s*)?ref\(\s*(['"])([^'"]+)\1\s*(?:,\s*(['"])([^'"]+)\3\s*)?\)(?:\s*\}\})?\s*$/;

/** A problem of one entry: the path within it, and what is wrong. */
export interface EntryProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a checked entry means, all defaults filled in. */
export function resolveEntry(entry: SyncEntry, at: At): SyncDefinition {
  const known = parseTable(entry.table);
  const front = entry.strategy === 'rename' ? undefined : { kind: entry.strategy, name: known };
  const table = front ? { ...known, name: fitName(known.name, '_data') } : known;
  return {
    ...entry,
    at,
    table,
    front,
    source: parseSource(entry.source),
    transport: transportOf(entry),
    id: entry.id && { ...entry.id, sequence: parseTable(entry.id.sequence, table.schema) },
    enrichment: entry.enrichment.map((lookup) => ({ ...lookup, table: parseTable(lookup.table, table.schema) })),
    indexes: withKey(entry).map((index) => ({ ...index, name: index.name ?? indexName(known, index) })),
    incremental: entry.incremental && {
      column: entry.incremental.column,
      overlap: parseDuration(entry.incremental.overlap)!,
    },
    retry: { times: entry.retry.times, delay: parseDuration(entry.retry.delay)! },
    wait_for: entry.wait_for && {
      built_within: parseDuration(entry.wait_for.built_within)!,
      limit: parseDuration(entry.wait_for.limit)!,
    },
    timeouts: Object.fromEntries(
      Object.entries(entry.timeouts).map(([step, value]) => [step, parseDuration(value)!]),
    ) as unknown as Timeouts,
    backup: {
      name: entry.backup.name ? parseTable(entry.backup.name, table.schema) : backupName(known),
      keep: entry.backup.keep,
    },
  };
}

/** What the schema cannot say. */
export function entryProblems(entry: SyncEntry): EntryProblem[] {
  const problems: EntryProblem[] = [];
  problems.push(...modeProblems(entry));
  const backup = entry.backup.name && parseTable(entry.backup.name, parseTable(entry.table).schema);
  if (backup && backup.schema !== parseTable(entry.table).schema) {
    problems.push({ path: ['backup', 'name'], message: 'the backup must be in the schema of the table it backs up' });
  }
  entry.columns.forEach((column, i) => {
    if (column.source !== undefined && column.expression !== undefined) {
      problems.push({ path: ['columns', i], message: `column "${column.name}" has both a source and an expression` });
    }
  });
  const names = entry.columns.map((column) => column.name);
  names.forEach((name, i) => {
    if (names.indexOf(name) !== i) problems.push({ path: ['columns', i], message: `column "${name}" is given twice` });
  });
  return problems;
}

/** What each mode needs. */
function modeProblems({ mode, key, incremental, strategy }: SyncEntry): EntryProblem[] {
  if (strategy === 'partition' && key.length === 0) {
    return [
      { path: ['strategy'], message: 'strategy partition needs a key: the first column of it divides the table' },
    ];
  }
  const needsKey = (mode === 'upsert' || mode === 'mirror') && key.length === 0;
  const problem = needsKey
    ? `mode ${mode} needs a key to know a row again`
    : mode === 'append' && !incremental
      ? 'mode append needs `incremental`, or every run would bring the same rows again'
      : mode === 'append' && incremental!.overlap !== 0 && key.length === 0
        ? 'mode append with an overlap needs a key, or late rows would come twice'
        : incremental && (mode === 'swap' || mode === 'mirror')
          ? `mode ${mode} reads the whole source: leave \`incremental\` out`
          : undefined;
  return problem === undefined ? [] : [{ path: ['mode'], message: problem }];
}

function parseTable(text: string, schema = 'public'): TableName {
  const [first, second] = text.split('.') as [string, string?];
  return second === undefined ? { schema, name: first } : { schema: first, name: second };
}

/** One file for a sync: the next run writes it anew. */
function transportOf({ name, transport }: SyncEntry): Transport {
  if (transport === 'stream') return { kind: 'stream', streams: 1 };
  if ('streams' in transport) return { kind: 'stream', streams: transport.streams };
  const { s3, format, path } = transport;
  const ending = format === 'Parquet' ? 'parquet' : 'json';
  return { kind: 's3', connection: s3, format, path: path ?? `${name}.${ending}` };
}

function parseSource(source: SyncEntry['source']): SyncSource {
  if (typeof source !== 'string') return { kind: 'query', sql: source.query };
  const match = REF.exec(source);
  if (!match) return { kind: 'ref', name: source, package: null };
  return match[4] === undefined
    ? { kind: 'ref', name: match[2]!, package: null }
    : { kind: 'ref', name: match[4], package: match[2]! };
}

/** Rows are merged by a unique index over the key. */
function withKey({ mode, key, indexes }: SyncEntry): SyncEntry['indexes'] {
  const isThere = indexes.some(({ unique, where, columns }) => unique && !where && `${columns}` === `${key}`);
  if (mode === 'swap' || key.length === 0 || isThere) return indexes;
  return [...indexes, { columns: key, unique: true, method: 'btree' }];
}

function indexName(
  table: TableName,
  index: { readonly columns: readonly string[]; readonly unique: boolean },
): IndexDefinition['name'] {
  return fitName([table.name, ...index.columns].join('_'), index.unique ? '_key' : '_idx');
}

function backupName(table: TableName): TableName {
  return { schema: table.schema, name: fitName(table.name, '_old_bkp') };
}
