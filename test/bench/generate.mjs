// A project of any size, as the peers were measured on: layers with two or three refs a model, 30 sources, a loop, two macros
// and a config in some 50 lines of SQL, three tests a model. The same size gives the same project.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MACROS, modelSql, SINCE } from './model-sql.mjs';

const LAYERS = ['staging', 'intermediate', 'marts', 'reports', 'exports'];
const SHARES = [0.3, 0.25, 0.2, 0.15, 0.1];
const FOLDER_SIZE = 50;

export function generate(folder, count) {
  const write = (file, text) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('dbt_project.yml', PROJECT);
  write('profiles.yml', PROFILES);
  write('macros/m.sql', MACROS);
  write('models/sources.yml', sources());
  const next = random(42);
  let below = [];
  LAYERS.forEach((layer, depth) => {
    const size = depth === LAYERS.length - 1 ? count - below.length : Math.round(count * SHARES[depth]);
    const names = Array.from({ length: size }, (_, i) => `${layer.slice(0, 3)}_${String(i).padStart(5, '0')}`);
    for (let from = 0; from < names.length; from += FOLDER_SIZE) {
      const part = names.slice(from, from + FOLDER_SIZE);
      const place = `models/${layer}/g${String(from / FOLDER_SIZE).padStart(3, '0')}`;
      for (const name of part) write(`${place}/${name}.sql`, model(inputs(below, next), next));
      write(`${place}/schema.yml`, properties(part, layer));
    }
    below = [...below, ...names];
  });
}

function inputs(below, next) {
  const pick = (size) => Math.floor(next() * size);
  if (below.length === 0) return [`{{ source('raw${pick(3)}', 'src_${pick(10)}') }}`];
  return Array.from({ length: 2 + pick(2) }, () => `{{ ref('${below[pick(below.length)]}') }}`);
}

function model(froms, next) {
  const kind = next();
  const config =
    kind < 0.2
      ? "materialized='incremental', engine='ReplacingMergeTree(loaded_at)', order_by='(id)', unique_key='id', tags=['z', 'inc']"
      : `materialized='${kind < 0.6 ? 'table' : 'view'}', tags=['z']`;
  return modelSql(config, froms, SINCE);
}

function properties(names, layer) {
  const entries = names.map(
    (name) => `  - name: ${name}
    description: "Model ${name} in layer ${layer}"
    columns:
      - name: id
        description: primary key
        data_tests:
          - not_null
          - unique
      - name: dt
        description: date
        data_tests:
          - not_null
      - name: ratio
        description: ratio of amounts
`,
  );
  return `version: 2\nmodels:\n${entries.join('')}`;
}

function sources() {
  const groups = [0, 1, 2].map((group) => {
    const tables = Array.from(
      { length: 10 },
      (_, i) =>
        `      - name: src_${i}\n        columns:\n          - name: id\n            data_tests: [not_null]\n`,
    );
    return `  - name: raw${group}\n    schema: bench\n    tables:\n${tables.join('')}`;
  });
  return `version: 2\nsources:\n${groups.join('')}`;
}

function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const PROJECT = `name: bench
version: '1.0'
profile: bench
vars:
  start_date: '2020-01-01'
models:
  bench:
    +materialized: view
    staging:
      +materialized: table
      +tags: [staging]
    marts:
      +tags: [mart, nightly]
`;
const PROFILES = `bench:
  target: dev
  outputs:
    dev: {type: clickhouse, host: 127.0.0.1, port: 1, user: default, password: '', schema: bench, threads: 4}
`;
