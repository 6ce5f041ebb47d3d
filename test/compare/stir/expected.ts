import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../e2e/root.ts';
import type { Tables } from './tables.ts';

const FILE = join(ROOT, 'test/compare/expected-200.json');

/** Tables as real dbt left them, after the first build and after the second. */
export type Expected = readonly [Tables, Tables];

export function readExpected(): Expected {
  const { tables } = JSON.parse(readFileSync(FILE, 'utf8')) as { tables: Record<string, Kept> };
  const stage = (at: 0 | 1): Tables =>
    Object.fromEntries(
      Object.entries(tables).map(([name, { engine, columns, rows }]) => [name, { engine, columns, rows: rows[at] }]),
    );
  return [stage(0), stage(1)];
}

interface Kept {
  readonly engine: string;
  readonly columns: readonly string[];
  /** After the first build, after the second. */
  readonly rows: readonly [string, string];
}

export function writeExpected([first, second]: Expected): void {
  const tables = Object.fromEntries(
    Object.entries(first).map(([name, { engine, columns, rows }]) => [
      name,
      { engine, columns, rows: [rows, second[name]?.rows ?? ''] },
    ]),
  );
  const made_by = 'dbt-core 1.12.6 with dbt-clickhouse 1.10.3: npm run compare:dbt -- --write';
  writeFileSync(FILE, `${JSON.stringify({ made_by, tables }, null, 1)}\n`);
}
