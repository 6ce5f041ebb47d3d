import type { FreshnessDetail, NodeDetail, StorageDetail } from '../format/detail.ts';
import { columnsOf } from './columns.ts';
import { configOf } from './config.ts';
import { factsOf } from './facts.ts';
import { type Loose, number, record, text, texts, written } from './loose.ts';
import { markdownToHtml } from './markdown.ts';
import { ownerOf, type Resource } from './resources.ts';
import type { SyncColumn } from './sync-columns.ts';
import type { SiteInput } from './types.ts';

/** What else is known of nodes, by unique_id. */
export interface Known {
  readonly groups: Loose;
  readonly catalog: Loose;
  readonly storage: Loose;
  readonly freshness: Loose;
  readonly syncColumns: ReadonlyMap<string, readonly SyncColumn[]>;
  /** Index of a node's column tests, by the column's name in lower case. */
  readonly tests: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

export function detailOf({ id, node, type }: Resource, known: Known, input: SiteInput): NodeDetail {
  const { options, trees } = input;
  const storage = record(known.storage[id]);
  const stored = storageOf(storage);
  const freshness = freshnessOf(record(known.freshness[id]), node);
  const column = text(node['column_name']);
  const attached = text(node['attached_node']);
  const withCode = options.sql;
  return {
    label: text(node['label']),
    file: text(node['original_file_path']),
    patchFile: text(node['patch_path']).replace(/^.*?:\/\//, ''),
    relation: text(node['relation_name']) || text(node['target']),
    descriptionHtml: markdownToHtml(text(node['description'])),
    owner: ownerOf(node, known.groups),
    access: text(node['access']),
    contract: record(node['contract'])['enforced'] === true,
    version: text(node['version']),
    columns: columnsOf(
      documentedOf(node, known.syncColumns.get(id)),
      record(known.catalog[id]),
      storage,
      known.tests.get(id) ?? new Map(),
    ),
    raw: withCode ? text(node['raw_code'] ?? node['macro_sql']) : '',
    compiled: withCode && options.compiled ? text(node['compiled_code']).replace(/^\n+|\s+$/g, '') : '',
    config: configOf(node, trees),
    meta: Object.entries(record(node['meta'])).map(([key, value]): [string, string] => [key, written(value)]),
    facts: factsOf(type, node, withCode),
    ...(stored === undefined ? {} : { storage: stored }),
    ...(freshness === undefined ? {} : { freshness }),
    ...(column === '' ? {} : { column }),
    ...(attached === '' ? {} : { attached }),
  };
}

/** What a sync fills is said nowhere else. */
function documentedOf(node: Loose, filled: readonly SyncColumn[] | undefined): Loose {
  if (filled === undefined) return record(node['columns']);
  return Object.fromEntries(filled.map(({ name, type, note }) => [name, { name, data_type: type, description: note }]));
}

function storageOf(storage: Loose): StorageDetail | undefined {
  const engine = text(storage['engine']);
  if (engine === '') return undefined;
  return {
    engine,
    facts: Object.entries(record(storage['facts'])).map(([key, value]): [string, string] => [key, text(value)]),
    rows: number(storage['rows']),
    bytes: number(storage['bytes']),
    parts: number(storage['parts']),
  };
}

function freshnessOf(found: Loose, node: Loose): FreshnessDetail | undefined {
  const limits = record(node['freshness']);
  const warn = limit(limits['warn_after']);
  const error = limit(limits['error_after']);
  if (warn === null && error === null && texts([found['status']]).length === 0) return undefined;
  return {
    status: text(found['status']),
    maxLoadedAt: text(found['max_loaded_at']),
    snapshottedAt: text(found['snapshotted_at']),
    ageSeconds: number(found['max_loaded_at_time_ago_in_s']),
    warnSeconds: warn,
    errorSeconds: error,
    message: text(found['error']),
  };
}

function limit(value: unknown): number | null {
  const { count, period } = record(value);
  const unit = SECONDS[text(period)];
  const times = number(count);
  return unit === undefined || times === null ? null : unit * times;
}
