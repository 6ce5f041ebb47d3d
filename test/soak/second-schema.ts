import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from '../e2e/checkout.ts';

/** Options by which tsdbt builds the project in another schema of the same private server. */
export function inSchema({ dir }: Checkout, schema: string): readonly string[] {
  const folder = join(dir, `profiles-${schema}`);
  mkdirSync(folder, { recursive: true });
  const outputs = { embedded: { type: 'clickhouse', embedded: { path: '.tsdbt/clickhouse' }, schema, threads: 4 } };
  writeFileSync(join(folder, 'profiles.yml'), JSON.stringify({ gcc_warehouse: { target: 'embedded', outputs } }));
  return ['--profiles-dir', folder];
}

/** A setting of the npm scripts, which do more than the tests of every day. */
export function count(name: string, everyDay: number): number {
  return Number(process.env[name] ?? everyDay);
}
