import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driverOnServer } from '../private-server.ts';
import { type ModelSpec, TestProject } from './project.ts';

let project: TestProject;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  close = server.close;
  project = new TestProject(server.driver, 'main');
});
afterAll(() => close());

/** Rows of the source: (id, v, seconds after midnight). */
type Row = readonly [id: number, v: number, seconds: number];

async function source(name: string, rows: readonly Row[], more = ''): Promise<void> {
  const values = rows
    .map(([id, v, seconds]) => `(${id}, ${v}, toDateTime('2024-01-01 00:00:00') + ${seconds})`)
    .join(', ');
  const select = `select tupleElement(r, 1) as id, tupleElement(r, 2) as v, tupleElement(r, 3) as ts${more} from (select arrayJoin([${values}]) as r)`;
  await project.command(`create or replace table @src_${name} engine = MergeTree order by id as ${select}`);
}

function snapshot(name: string, config: ModelSpec['config']): ModelSpec {
  return {
    name,
    resourceType: 'snapshot',
    materialized: 'snapshot',
    sql: `select * from main.src_${name}`,
    config: { unique_key: 'id', ...config },
  };
}

/** Versions by key: value and whether they still hold. */
const versions = (name: string, more = '') =>
  project.rows(`select id, v, dbt_valid_to is null${more} from @${name} order by id, v, 3`);

const CHECK = { strategy: 'check', check_cols: ['v'] };
const TIMESTAMP = { strategy: 'timestamp', updated_at: 'ts' };

describe.each([
  ['check', CHECK],
  ['timestamp', TIMESTAMP],
] as const)('%s', (name, config) => {
  test('keeps the old version of a changed row, adds a new row, ignores a deleted one', async () => {
    const spec = snapshot(`kept_${name}`, config);
    await source(spec.name, [
      [0, 0, 0],
      [1, 2, 0],
      [2, 4, 0],
    ]);
    await project.run(spec);
    await source(spec.name, [
      [0, 0, 0],
      [1, 3, 1],
      [3, 6, 0],
    ]);
    await project.run(spec);
    expect(await versions(spec.name)).toEqual([
      [0, 0, 1],
      [1, 2, 0],
      [1, 3, 1],
      [2, 4, 1],
      [3, 6, 1],
    ]);
    const [[gaps]] = (await project.rows(
      `select count() from @${spec.name} a join @${spec.name} b on a.id = b.id where a.v = 2 and b.v = 3 and a.dbt_valid_to != b.dbt_valid_from`,
    )) as [[number]];
    expect(gaps).toBe(0);
  });

  test('without changes the snapshot is not touched', async () => {
    const spec = snapshot(`still_${name}`, config);
    await source(spec.name, [[0, 0, 0]]);
    await project.run(spec);
    const statements = await project.run(spec);
    expect(
      statements.filter((sql) => /EXCHANGE|rename|alter/.test(sql) || sql.startsWith(`insert into \`${spec.name}\``)),
    ).toEqual([]);
    expect(await versions(spec.name)).toEqual([[0, 0, 1]]);
  });

  test('hard_deletes: invalidate ends the last version; a row that is back begins anew', async () => {
    const spec = snapshot(`inv_${name}`, { ...config, hard_deletes: 'invalidate' });
    await source(spec.name, [
      [0, 0, 0],
      [1, 2, 0],
    ]);
    await project.run(spec);
    await source(spec.name, [[1, 2, 0]]);
    await project.run(spec);
    expect(await versions(spec.name)).toEqual([
      [0, 0, 0],
      [1, 2, 1],
    ]);
    await project.run(spec);
    await source(spec.name, [
      [0, 0, 5],
      [1, 2, 0],
    ]);
    await project.run(spec);
    expect(await versions(spec.name)).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [1, 2, 1],
    ]);
  });

  test('hard_deletes: new_record keeps a version that says so', async () => {
    const spec = snapshot(`rec_${name}`, { ...config, hard_deletes: 'new_record' });
    await source(spec.name, [
      [0, 7, 0],
      [1, 2, 0],
    ]);
    await project.run(spec);
    await source(spec.name, [[1, 2, 0]]);
    await project.run(spec);
    await project.run(spec);
    expect(await versions(spec.name, ', dbt_is_deleted')).toEqual([
      [0, 7, 0, 'False'],
      [0, 7, 1, 'True'],
      [1, 2, 1, 'False'],
    ]);
  });
});

test('a new column of the source is added and filled from then on', async () => {
  const spec = snapshot('wider', CHECK);
  await source('wider', [
    [0, 0, 0],
    [1, 2, 0],
  ]);
  await project.run(spec);
  await source(
    'wider',
    [
      [0, 0, 0],
      [1, 3, 0],
    ],
    ", 'new' as extra",
  );
  await project.run(spec);
  expect(await versions('wider', ', extra')).toEqual([
    [0, 0, 1, ''],
    [1, 2, 0, ''],
    [1, 3, 1, 'new'],
  ]);
});

test('dbt-clickhouse #691: a key of several columns, renamed meta columns and dbt_valid_to_current', async () => {
  const names = {
    dbt_valid_from: 'seen_from',
    dbt_valid_to: 'seen_to',
    dbt_scd_id: 'version_id',
    dbt_updated_at: 'seen_at',
  };
  const spec = snapshot('named', {
    ...CHECK,
    unique_key: ['id', 'ts'],
    snapshot_table_column_names: names,
    dbt_valid_to_current: "toDateTime('2100-01-01 00:00:00')",
  });
  await source('named', [
    [0, 0, 0],
    [1, 2, 0],
  ]);
  await project.run(spec);
  await source('named', [
    [0, 0, 0],
    [1, 3, 0],
  ]);
  await project.run(spec);
  expect(await project.rows('select id, v, toYear(seen_to) = 2100 from @named order by id, v')).toEqual([
    [0, 0, 1],
    [1, 2, 0],
    [1, 3, 1],
  ]);
});

test('dbt-clickhouse #600: a run that failed in the middle is made good by the next one', async () => {
  const spec = snapshot('torn', CHECK);
  await source('torn', [
    [0, 0, 0],
    [1, 2, 0],
  ]);
  await project.run(spec);
  await source('torn', [
    [0, 0, 0],
    [1, 3, 0],
  ]);
  const broken = {
    ...spec,
    config: { ...spec.config, 'post-hook': [], indexes: [], query_settings: { max_rows_to_read: 1 } },
  };
  await expect(project.run(broken)).rejects.toThrow(/max_rows_to_read|TOO_MANY_ROWS/);
  await project.run(spec);
  expect(await versions('torn')).toEqual([
    [0, 0, 1],
    [1, 2, 0],
    [1, 3, 1],
  ]);
  expect(
    await project.rows("select name from system.tables where database = 'main' and name like 'torn\\_\\_%'"),
  ).toEqual([]);
});

test('a table that is no snapshot is refused', async () => {
  await source('plain', [[0, 0, 0]]);
  await project.command('create table @plain engine = MergeTree order by id as select * from @src_plain');
  await expect(project.run(snapshot('plain', TIMESTAMP))).rejects.toThrow(/missing configured columns .*dbt_scd_id/);
});
