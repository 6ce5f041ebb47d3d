import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MACROS, modelSql, SINCE } from './model-sql.mjs';

const LAYERS = ['staging', 'intermediate', 'marts', 'reports', 'exports'];

/**
 * A project of `count` models in five layers over 30 sources: half views, half tables, a fifth incremental, each of two or
 * three parents, with loops and macros in some 50 lines of SQL. The same for the same count.
 * @returns the statements that make its sources
 */
export function generate(folder, count) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const random = randomFrom(42);
  const pick = (from, to) => from + Math.floor(random() * (to - from));
  write('dbt_project.yml', JSON.stringify(PROJECT));
  write('profiles.yml', JSON.stringify(PROFILES));
  write('macros/money.sql', MACROS);
  const tables = Array.from({ length: 30 }, (_, i) => `src_${Math.floor(i / 10)}_${i % 10}`);
  write(
    'models/sources.yml',
    JSON.stringify({
      sources: [0, 1, 2].map((s) => ({
        name: `raw${s}`,
        schema: 'syn',
        tables: tables.filter((name) => name.startsWith(`src_${s}_`)).map((name) => ({ name, columns: SOURCE_COLUMNS })),
      })),
    }),
  );
  const names = [];
  const files = new Map();
  const each = Math.max(1, Math.floor(count / 5));
  for (let i = 0; i < count; i++) {
    const layer = Math.min(4, Math.floor(i / each));
    const name = `${LAYERS[layer].slice(0, 3)}_${String(i).padStart(5, '0')}`;
    const from = [];
    if (layer === 0) {
      for (let k = 0; k < 2; k++) {
        const source = pick(0, 3);
        from.push(`{{ source('raw${source}', 'src_${source}_${pick(0, 10)}') }}`);
      }
    } else {
      const chosen = new Set();
      const wanted = Math.min(pick(2, 4), each);
      while (chosen.size < wanted) chosen.add(pick((layer - 1) * each, layer * each));
      for (const c of chosen) from.push(`{{ ref('${names[c]}') }}`);
    }
    const place = `models/${LAYERS[layer]}/g${String(Math.floor((i % each) / 50)).padStart(3, '0')}`;
    write(`${place}/${name}.sql`, model(i, from));
    files.set(place, [...(files.get(place) ?? []), { name, description: `Model ${name}`, columns: COLUMNS }]);
    names.push(name);
  }
  for (const [place, models] of files) write(`${place}/schema.yml`, JSON.stringify({ models }, null, 1));
  return [
    'create database if not exists syn',
    ...tables.map(
      (name) =>
        `create table if not exists syn.${name} engine = MergeTree order by id as select number as id, toDate('2024-01-01') + number % 10 as dt, number * 7 as v1, number * 3 as v2, toString(number % 5) as cat from numbers(10)`,
    ),
  ];
}

const SOURCE_COLUMNS = [
  { name: 'id', description: 'key', data_type: 'UInt64', data_tests: ['not_null'] },
  { name: 'dt', data_type: 'Date' },
  { name: 'v1', data_type: 'UInt64' },
  { name: 'v2', data_type: 'UInt64' },
  { name: 'cat', data_type: 'String' },
];
const COLUMNS = [
  { name: 'id', description: 'key', data_tests: ['not_null', 'unique'] },
  { name: 'dt', description: 'date', data_tests: ['not_null'] },
  { name: 'ratio', description: 'ratio of amounts' },
];
const PROJECT = {
  name: 'syn',
  version: '1.0',
  profile: 'syn',
  vars: { start_date: '2020-01-01' },
  models: {
    syn: {
      '+materialized': 'view',
      staging: { '+materialized': 'table', '+tags': ['staging'] },
      marts: { '+materialized': 'table', '+tags': ['mart', 'nightly'] },
    },
  },
};
const PROFILES = {
  syn: {
    target: 'dev',
    outputs: { dev: { type: 'clickhouse', schema: 'syn', threads: 4, embedded: { path: '.tsdbt/clickhouse' } } },
  },
};
function model(i, parents) {
  const incremental = i % 5 === 2;
  const config = incremental
    ? "materialized='incremental', engine='ReplacingMergeTree(loaded_at)', order_by='(id)', unique_key='id', tags=['inc']"
    : `tags=['${i % 10 === 3 ? 'x' : 'z'}']`;
  return modelSql(config, parents, incremental ? SINCE : '');
}

function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
