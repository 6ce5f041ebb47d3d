import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { addressOf, parseAddress } from '../../src/docs/app/data/router.ts';
import { isNear, search } from '../../src/docs/app/data/search.ts';
import { indexOf, withColumns } from '../../src/docs/app/data/search-index.ts';
import { linkLines } from '../../src/docs/app/ui/line-links.ts';
import { sqlLines } from '../../src/docs/app/ui/sql-tokens.ts';
import { configOf } from '../../src/docs/collect/config.ts';
import { rowsOf, tableOf } from '../../src/docs/format/table.ts';
import { collectSite, writeSite } from '../../src/docs/index.ts';
import { sampleProject } from './sample-project.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function written(input: Parameters<typeof collectSite>[0]): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-docs-'));
  folders.push(folder);
  await writeSite(folder, collectSite(input), { static: true });
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(names.map((one) => [one.name, readFileSync(join(one.parentPath, one.name), 'utf8')]));
}

describe('the written site', () => {
  it('has the same bytes for the same artifacts', async () => {
    const input = sampleProject({ models: 40 });
    expect(await written(input)).toEqual(await written(sampleProject({ models: 40 })));
  });

  it('asks a reader for a program of at most 60 KB', async () => {
    const page = (await written(sampleProject({ models: 1 }))).get('index.html') ?? '';
    const program = [/<style>([\s\S]*?)<\/style>/, /<script>([\s\S]*?)<\/script>/].map(
      (part) => part.exec(page)?.[1] ?? '',
    );
    const sizes = program.map((text) => gzipSync(text, { level: 9 }).length);
    expect(Math.min(...sizes)).toBeGreaterThan(1000);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(60_000);
  });

  it('holds no SQL with --no-sql, and no secret', () => {
    const text = (field: string): string => (field === 'code' || field === 'comment' ? 'select hidden_sql' : 'hunter2');
    const input = {
      ...sampleProject({ models: 10, text }),
      mask: (value: string) => value.replaceAll('hunter2', '*****'),
    };
    const site = JSON.stringify(collectSite({ ...input, options: { sql: false, compiled: false } }));
    expect(site).not.toContain('hunter2');
    expect(site).not.toContain('hidden_sql');
    expect(JSON.stringify(collectSite(input))).toContain('hidden_sql');
  });

  it('tells where each value of a configuration was said', () => {
    const node = {
      resource_type: 'model',
      original_file_path: 'models/a/m.sql',
      patch_path: 'shop://models/a/m.yml',
      fqn: ['shop', 'a', 'm'],
      raw_code: "\n{{ config(\n  order_by='x = 1',\n  engine='Memory') }}",
      config: { order_by: 'x = 1', engine: 'Memory', tags: ['t'], materialized: 'table', lookback: 1 },
      unrendered_config: { order_by: 'x = 1', engine: 'Memory', tags: ['t'], materialized: 'table' },
    };
    const trees = { models: { shop: { '+materialized': 'table', a: { b: {} } } } };
    expect(configOf(node, trees).map(({ key, from }) => [key, from])).toEqual([
      ['engine', 'models/a/m.sql:4'],
      ['materialized', 'dbt_project.yml (models.shop)'],
      ['order_by', 'models/a/m.sql:3'],
      ['tags', 'models/a/m.yml'],
      ['lookback', 'default'],
    ]);
  });
});

describe('search', () => {
  const site = collectSite(sampleProject({ models: 30 }));
  const base = { ...site.nodes[0], name: '', tags: [], folder: '', rank: 0 } as (typeof site.nodes)[number];
  const of = (...names: string[]) =>
    indexOf(
      names.map((name) => ({ ...base, name })),
      names.map(() => 0),
    );

  it('puts exact names first, then beginnings, words, parts', () => {
    const index = of('reorders', 'my_orders', 'orders_daily', 'orders');
    expect(search(index, 'orders').map((hit) => index.nodes[hit.index]?.name)).toEqual([
      'orders',
      'orders_daily',
      'my_orders',
      'reorders',
    ]);
  });

  it('finds columns, wants every word, and forgives one letter', () => {
    const index = withColumns(of('orders', 'customers'), {
      words: ['amount', 'name'],
      columns: [[0], [1]],
      summaries: ['', 'who buys'],
    });
    expect(search(index, 'amount')).toMatchObject([{ index: 0, column: 'amount' }]);
    expect(search(index, 'customers buys')).toMatchObject([{ index: 1 }]);
    expect(search(index, 'customers amount')).toEqual([]);
    expect(search(index, 'custmers')).toMatchObject([{ index: 1 }]);
    expect(isNear('customers', 'cusotmxrs')).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['', 'overview', ''],
    ['#!/model/model.shop.orders', 'node', 'model.shop.orders'],
    ['#!/model/model.shop.orders?g_v=1', 'graph', ''],
    ['#!/source_list/raw', 'source_list', 'raw'],
    ['#!/run/a..b', 'run', 'a..b'],
    ['#!/model/%E0%A4%A', 'node', '%E0%A4%A'],
    ['#!/nonsense', 'missing', 'nonsense'],
  ])('%s', (hash, page, id) => {
    expect(parseAddress(hash)).toMatchObject({ page, id });
  });

  it('read back as they were made', () => {
    const params = { g_i: '+a b', col: 'x&y=z#?' };
    expect(parseAddress(addressOf('model', 'model.p.ü/# %', params))).toEqual({
      page: 'node',
      id: 'model.p.ü/# %',
      params,
    });
  });
});

it('SQL is coloured without losing a sign', () => {
  const code = "select 'a''b', {{ x }} -- c\nfrom t /* d\ne */ where n = 1.5e3 and f(x) {% if %}";
  expect(
    sqlLines(code)
      .map((line) => line.map(({ text }) => text).join(''))
      .join('\n'),
  ).toBe(code);
});

it('lines of the template find what they became', () => {
  const links = linkLines(
    ['{% for x in y %}', 'select a', '{% endfor %}', 'from t'],
    ['select a', 'from t', 'where 1'],
  );
  expect(links.toCompiled).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 2],
  ]);
  expect(links.toRaw).toEqual([
    [1, 2],
    [3, 4],
    [4, 4],
  ]);
});

it('objects alike read back from their table', () => {
  const rows = [{ a: 1, b: ['x'] }, { b: ['x'] }, { a: null }];
  expect(rowsOf(tableOf(rows))).toEqual(rows);
});
