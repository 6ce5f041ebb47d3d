import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ensureServer, type PrivateServer } from '../../src/adapter/index.ts';
import { asOf } from '../compare/stir/world.ts';
import { type Checkout, checkout } from '../e2e/checkout.ts';

/** The reference project in a folder of its own, its sources generated, and its server held up. */
export async function stir(sources: string): Promise<{ project: Checkout; server: PrivateServer }> {
  const project = checkout();
  const server = await ensureServer({
    dataDir: join(project.dir, 'project/.tsdbt/clickhouse'),
    label: 'the test',
  });
  await succeed(project, 'run-operation', 'generate_sources', '--args', sources, '--vars', hoursLater(0));
  return { project, server };
}

/** Options by which tsdbt builds the project in another schema of the same private server. */
export function inSchema({ dir }: Checkout, schema: string): readonly string[] {
  const folder = join(dir, `profiles-${schema}`);
  mkdirSync(folder, { recursive: true });
  const outputs = { embedded: { type: 'clickhouse', embedded: { path: '.tsdbt/clickhouse' }, schema, threads: 4 } };
  writeFileSync(join(folder, 'profiles.yml'), JSON.stringify({ gcc_warehouse: { target: 'embedded', outputs } }));
  return ['--profiles-dir', folder];
}

/** `--vars` for so many hours after the generator's first end. */
export function hoursLater(hours: number): string {
  return asOf(new Date(Date.UTC(2026, 5, 30, 12 + hours)).toISOString().slice(0, 19).replace('T', ' '));
}

export async function succeed(project: Checkout, ...args: readonly string[]): Promise<void> {
  const ended = await project.run(args);
  expect(ended, `${args.join(' ')}\n${ended.stdout.slice(-2000)}${ended.stderr}`).toMatchObject({ code: 0 });
}

/** A setting of the npm scripts, which do more than the tests of every day. */
export function count(name: string, everyDay: number): number {
  return Number(process.env[name] ?? everyDay);
}
