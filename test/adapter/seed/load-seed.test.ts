import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { csvText } from '../../../src/adapter/clickhouse/csv-text.ts';
import { seedType } from '../../../src/adapter/clickhouse/seed-type.ts';
import { loadSeed, type SeedOptions } from '../../../src/adapter/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-seed-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function load(text: string, options?: SeedOptions) {
  const path = join(dir, 'seed.csv');
  writeFileSync(path, text);
  return await loadSeed(path, options);
}

const column = async (...cells: readonly string[]) => {
  const table = await load(`x\n${cells.map((cell) => `"${cell}"`).join('\n')}\n`);
  return [seedType(table, 0), csvText(table)];
};

const TYPES: readonly [cells: readonly string[], type: string, csv: string][] = [
  [['1', '-2', ''], 'Int32', '1\n-2\n""\n'],
  [['1.0', '2'], 'Int32', '1.0\n2\n'],
  [['1.50', '2'], 'Float32', '1.50\n2\n'],
  [['$1,234', '5%'], 'Int32', '1234\n5\n'],
  [['true', 'False', 'null'], 'Bool', 'True\nFalse\n""\n'],
  [['2024-01-02', '2024-1-3'], 'Date', '2024-01-02\n2024-01-03\n'],
  [['2024-02-30'], 'String', '2024-02-30\n'],
  [['2024-01-02 03:04:05', '2024-01-02T03:04:05'], 'DateTime', '2024-01-02T03:04:05\n2024-01-02T03:04:05\n'],
  [['1', 'a'], 'String', '1\na\n'],
  [['NULL', 'x,y', 'say ""hi""'], 'String', '""\n"x,y"\n"say ""hi"""\n'],
];

describe('types from values', () => {
  test.each(TYPES)('%j', async (cells, type, csv) => {
    expect(await column(...cells)).toEqual([type, csv]);
  });

  test('numbers beyond Int32 get Int64, where dbt-clickhouse lets them wrap around', async () => {
    expect((await column('3000000000', '1'))[0]).toBe('Int64');
  });
});

test('configured columns stay text; the delimiter, a BOM and rows that end early are taken as they are', async () => {
  const table = await load('\uFEFFid;code;note\n1;007;a\n2;008\n', { delimiter: ';', textColumns: ['code'] });
  expect(table.columns).toEqual([
    { name: 'id', type: 'number' },
    { name: 'code', type: 'text' },
    { name: 'note', type: 'text' },
  ]);
  expect(csvText(table)).toBe('1,007,a\n2,008,\n');
});

test('a row with too many values is told with its line', async () => {
  await expect(load('a,b\n1,2\n1,2,3\n')).rejects.toMatchObject({ code: 'TSD1101', at: { line: 3 } });
});

test('an empty file of headers is a table without rows', async () => {
  const table = await load('a,b\n');
  expect([table.columnNames, table.rows.length]).toEqual([['a', 'b'], 0]);
});
