import type { SiteInput } from '../../src/docs/index.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SampleOptions {
  readonly models: number;
  readonly columns?: number;
  /** Stands in every text field of the project; by default words. */
  readonly text?: (field: string, index: number) => string;
  readonly runs?: number;
}

/** Numbers that look random and are the same at every call. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const WORDS = [
  'order',
  'customer',
  'payment',
  'session',
  'click',
  'invoice',
  'account',
  'profile',
  'country',
  'device',
  'refund',
  'basket',
];
const LAYERS = ['staging', 'intermediate', 'marts', 'reports'];

/** A project invented from nothing but its size: a manifest with all kinds of nodes, catalog, runs, lineage, jobs, syncs. */
export function sampleProject({
  models,
  columns = 8,
  text = (field, index) => `${field} of ${index}`,
  runs = 3,
}: SampleOptions): SiteInput {
  const next = random(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const sources: Record<string, Json> = {};
  const nodes: Record<string, Json> = {};
  const lineage: Record<string, Json> = {};
  const catalog: Record<string, Json> = {};
  const ids: string[] = [];
  const columnsOf = new Map<string, string[]>();
  const columnsFor = (id: string): Record<string, Json> => {
    const names = Array.from({ length: columns }, (_, at) => `${pick(WORDS)}_${pick(WORDS)}_${at}`);
    columnsOf.set(id, names);
    return Object.fromEntries(
      names.map((name, at) => [
        name,
        { name, description: at % 2 === 0 ? text('description', at) : '', data_type: 'String', tags: [] },
      ]),
    );
  };
  const count = Math.max(1, Math.ceil(models / 8));
  for (let at = 0; at < (models === 0 ? 0 : count); at++) {
    const name = `${pick(WORDS)}_${at}`;
    const id = `source.shop.raw.${name}`;
    ids.push(id);
    sources[id] = {
      name,
      unique_id: id,
      resource_type: 'source',
      source_name: 'raw',
      package_name: 'shop',
      schema: 'raw',
      identifier: name,
      path: 'models/sources.yml',
      original_file_path: 'models/sources.yml',
      fqn: ['shop', 'staging', 'raw', name],
      description: text('description', at),
      source_description: text('source description', at),
      loader: text('loader', at),
      tags: [],
      meta: {},
      columns: columnsFor(id),
      relation_name: `raw.${name}`,
      config: { enabled: true },
      freshness: { warn_after: { count: 12, period: 'hour' }, error_after: { count: 24, period: 'hour' } },
    };
  }
  for (let at = 0; at < models; at++) {
    const layer = Math.min(3, Math.floor((4 * at) / models));
    const name = `${LAYERS[layer]?.slice(0, 3)}_${pick(WORDS)}_${pick(WORDS)}_${at}`;
    const id = `model.shop.${name}`;
    const folder = `${LAYERS[layer]}/${WORDS[at % WORDS.length]}`;
    const from = ids.length;
    const parents = [
      ...new Set(
        Array.from(
          { length: 1 + Math.floor(next() * 2.4) },
          () => ids[Math.max(0, from - 1 - Math.floor(next() * Math.min(from, models / 6)))] as string,
        ),
      ),
    ];
    const own = columnsFor(id);
    const names = columnsOf.get(id) ?? [];
    lineage[id] = {
      columns: Object.fromEntries(
        names.map((column, place) => {
          const parent = parents[place % parents.length] as string;
          const theirs = columnsOf.get(parent) ?? [];
          return [
            column,
            {
              type: 'String',
              sources: [
                { node: parent, column: theirs[place % theirs.length], kind: place % 5 === 4 ? 'window' : 'value' },
              ],
            },
          ];
        }),
      ),
      rows: [{ node: parents[0], column: columnsOf.get(parents[0] as string)?.[0], kind: 'filter' }],
    };
    catalog[id] = {
      columns: Object.fromEntries(
        names.map((column, index) => [column, { name: column, type: 'String', index: index + 1, comment: null }]),
      ),
    };
    const list = names.map((column) => `    ${column}`).join(',\n');
    nodes[id] = {
      name,
      unique_id: id,
      resource_type: 'model',
      package_name: 'shop',
      path: `${folder}/${name}.sql`,
      original_file_path: `models/${folder}/${name}.sql`,
      fqn: ['shop', ...folder.split('/'), name],
      schema: 'dbt',
      alias: name,
      relation_name: `dbt.${name}`,
      description: at % 3 === 0 ? '' : text('description', at),
      tags: at % 4 === 0 ? ['daily', text('tag', at)] : [],
      meta: { note: text('meta', at) },
      group: null,
      columns: own,
      access: 'protected',
      config: {
        enabled: true,
        materialized: at % 9 === 0 ? 'view' : 'table',
        order_by: text('order_by', at),
        tags: [],
      },
      unrendered_config: { materialized: 'table' },
      checksum: { name: 'sha256', checksum: `${at}` },
      raw_code: `{{ config(order_by='id') }}\n-- ${text('comment', at)}\nselect\n${list}\nfrom {{ ref('x') }}`,
      compiled_code: `-- ${text('comment', at)}\nselect\n${list}\nfrom dbt.x`,
      depends_on: { macros: [], nodes: parents },
      patch_path: `shop://models/${folder}/a.yml`,
    };
    ids.push(id);
    if (at % 2 !== 0) continue;
    const test = `test.shop.not_null_${name}_${names[0]}.${at.toString(16).padStart(10, '0')}`;
    nodes[test] = {
      name: `not_null_${name}_${names[0]}`,
      unique_id: test,
      resource_type: 'test',
      package_name: 'shop',
      path: 'a.sql',
      original_file_path: `models/${folder}/a.yml`,
      fqn: ['shop', name],
      schema: 'dbt',
      alias: 'a',
      relation_name: null,
      description: text('description', at),
      tags: [],
      columns: {},
      meta: {},
      column_name: names[0],
      attached_node: id,
      test_metadata: { name: 'not_null', kwargs: { column_name: names[0], model: text('model', at) }, namespace: null },
      config: { severity: 'error' },
      raw_code: '{{ test_not_null() }}',
      compiled_code: `select ${text('code', at)}`,
      depends_on: { macros: [], nodes: [id] },
    };
  }
  const last = ids.at(-1) ?? '';
  const exposures =
    models === 0
      ? {}
      : {
          'exposure.shop.dashboard': {
            name: 'dashboard',
            unique_id: 'exposure.shop.dashboard',
            resource_type: 'exposure',
            package_name: 'shop',
            path: 'e.yml',
            original_file_path: 'models/e.yml',
            fqn: ['shop', 'dashboard'],
            type: 'dashboard',
            owner: { name: text('owner', 1), email: text('email', 1) },
            description: text('description', 1),
            label: text('label', 1),
            url: text('url', 1),
            maturity: 'high',
            tags: [],
            meta: {},
            config: { enabled: true },
            depends_on: { macros: [], nodes: [last] },
          },
        };
  const unit_tests =
    models === 0
      ? {}
      : {
          [`unit_test.shop.${last.split('.').at(-1)}.adds_up`]: {
            name: 'adds_up',
            unique_id: `unit_test.shop.${last.split('.').at(-1)}.adds_up`,
            resource_type: 'unit_test',
            package_name: 'shop',
            path: 'u.yml',
            original_file_path: 'models/u.yml',
            model: last,
            given: [{ input: text('input', 1), rows: [{ a: text('row', 1) }] }],
            expect: { rows: [{ a: 1 }] },
            description: text('description', 2),
            fqn: ['shop', 'u'],
            config: {},
            depends_on: { macros: [], nodes: [last] },
          },
        };
  const macros = {
    'macro.shop.money': {
      name: 'money',
      unique_id: 'macro.shop.money',
      resource_type: 'macro',
      package_name: 'shop',
      path: 'macros/money.sql',
      original_file_path: 'macros/money.sql',
      macro_sql: `{% macro money(x) %}${text('code', 3)}{% endmacro %}`,
      description: text('description', 3),
      arguments: [{ name: text('argument', 1), type: 'number', description: text('description', 4) }],
      depends_on: { macros: [] },
      meta: {},
    },
  };
  const manifest = {
    metadata: { project_name: 'shop', generated_at: '2026-11-22T06:00:00Z', dbt_version: '1.12.6' },
    nodes,
    sources,
    exposures,
    unit_tests,
    macros,
    docs: {
      'doc.shop.__overview__': {
        name: '__overview__',
        package_name: 'shop',
        block_contents: `# ${text('title', 1)}\n\n${text('overview', 1)}`,
      },
    },
    groups: {},
    selectors: {},
    metrics: {},
    saved_queries: {},
    semantic_models: {},
    functions: {},
    things_of_next_year:
      models === 0
        ? {}
        : {
            'thing.shop.new': {
              name: text('name', 1),
              unique_id: 'thing.shop.new',
              resource_type: 'thing',
              package_name: 'shop',
              original_file_path: 'models/t.yml',
              description: text('description', 5),
              depends_on: { nodes: [last] },
            },
          },
  };
  return {
    project: 'shop',
    target: 'prod',
    toolVersion: '0',
    manifest,
    catalog: { nodes: catalog, sources: {} },
    columnLineage: { nodes: lineage },
    sources: {
      results: Object.keys(sources).map((id, at) => ({
        unique_id: id,
        status: at % 3 === 0 ? 'warn' : 'pass',
        max_loaded_at: '2026-11-21T12:00:00Z',
        snapshotted_at: '2026-11-22T05:00:00Z',
        max_loaded_at_time_ago_in_s: 3600 * (1 + at),
      })),
    },
    syncNodes:
      models === 0
        ? []
        : [
            {
              name: 'push',
              unique_id: 'sync.shop.push',
              resource_type: 'sync',
              package_name: 'shop',
              path: 's.yml',
              original_file_path: 'syncs/s.yml',
              fqn: ['shop', 'syncs', 'push'],
              description: text('description', 6),
              tags: [],
              depends_on: { macros: [], nodes: [last] },
              connection: 'api',
              target: text('target', 1),
              mode: 'swap',
            },
          ],
    syncDefinitions: {
      'sync.shop.push': {
        key: [text('key', 1)],
        guards: { min_share: 0.5, min_rows: 0, min_enriched: 0 },
        drift: 'add',
        columns: [{ name: text('column', 1) }],
        exclude: [],
        enrichment: [],
        indexes: [],
      },
    },
    runs: models === 0 ? [] : Array.from({ length: runs }, (_, at) => runRecord(at, nodes, text)),
    jobs: {
      asOf: '2026-11-22T06:00:00Z',
      jobs: [
        {
          name: 'daily',
          description: text('description', 7),
          file: 'jobs/a.yml',
          line: 2,
          schedule: '0 5 * * *',
          zone: 'UTC',
          skip: [],
          timeout: 3600,
          steps: [{ text: text('step', 1), select: 'tag:daily', exclude: '' }],
          waitFor: [],
          promises: [{ model: last.split('.').at(-1), within: 3600, late: true, builtAt: '2026-11-21T05:00:00Z' }],
          next: '2026-11-23T05:00:00Z',
          due: '2026-11-22T05:00:00Z',
        },
      ],
      runs: [
        {
          event: 'ended',
          job: 'daily',
          at: '2026-11-21T05:10:00Z',
          status: 'success',
          seconds: 600,
          attempts: 1,
          message: text('message', 1),
        },
      ],
    },
    state:
      models === 0
        ? undefined
        : {
            ...manifest,
            nodes: Object.fromEntries(
              Object.entries(nodes)
                .slice(1)
                .map(([id, node], at) => [
                  id,
                  at === 0
                    ? { ...node, raw_code: 'select 1', columns: { gone: { name: 'gone', data_type: 'String' } } }
                    : node,
                ]),
            ),
          },
    storage: {
      relations:
        models === 0
          ? {}
          : {
              [last]: {
                engine: 'MergeTree',
                rows: 1200,
                bytes: 34_000,
                parts: 3,
                facts: { 'Order by': text('order', 1) },
                columns: {},
              },
            },
    },
    options: { sql: true, compiled: true },
  };
}

/** Nodes one after another on two threads; the last run has a failure. */
function runRecord(
  run: number,
  nodes: Readonly<Record<string, Json>>,
  text: (field: string, index: number) => string,
): Json {
  const ids = Object.keys(nodes);
  const at = new Map(ids.map((id, index) => [id, index]));
  const free = [400, 400];
  const results = ids.map((_, index) => {
    const thread = (free[0] as number) <= (free[1] as number) ? 0 : 1;
    const start = free[thread] as number;
    const end = start + 60 + ((index * 37 + run * 11) % 400);
    free[thread] = end + 5;
    const isBad = run === 2 && index === 3;
    return {
      status: isBad ? 'error' : ids[index]?.startsWith('test') ? 'pass' : 'success',
      thread: `${thread + 1}`,
      start,
      end,
      rows: index * 10,
      bytes: null,
      message: isBad ? text('message', 2) : '',
    };
  });
  return {
    format: 1,
    invocation_id: `0000-run-${run}`,
    started_at: `2026-11-2${run}T02:00:00.000000Z`,
    elapsed: Math.max(...free) / 1000,
    which: 'build',
    command: text('command', 1),
    job: run === 1 ? 'daily' : null,
    target: 'prod',
    threads: 2,
    selection: text('selection', 1),
    git: 'abcdef0123',
    user: text('user', 1),
    nodes: ids,
    parents: ids.map((id) =>
      ((nodes[id]?.['depends_on'] as { nodes: string[] } | undefined)?.nodes ?? []).flatMap(
        (parent) => at.get(parent) ?? [],
      ),
    ),
    results,
  };
}
