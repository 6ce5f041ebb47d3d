import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Driver, ensureServer, openDriver } from '../../src/adapter/index.ts';
import { type Ended, runTsdbt } from './checkout.ts';

/** A project of a few files with a private server of its own; targets `dev` and `other` differ in their schema. */
export interface SmallProject {
  readonly dir: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Writes or replaces files, paths relative to the project. */
  write(files: Readonly<Record<string, string>>): void;
  // biome-ignore lint/suspicious/noExplicitAny: artifacts as they are on disk
  artifact(name: string): any;
  /** Rows of a query, with the server's own types. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  remove(): Promise<void>;
}

const BASE = {
  'dbt_project.yml': 'name: small\nversion: "1.0"\nprofile: small\n',
  'profiles.yml': `small:
  target: dev
  outputs:
    dev: &dev {type: clickhouse, schema: main, threads: 4, embedded: {path: .tsdbt/clickhouse}}
    other: {<<: *dev, schema: other}
`,
};

export async function smallProject(files: Readonly<Record<string, string>>): Promise<SmallProject> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-small-'));
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
  };
  write({ ...BASE, ...files });
  const server = await ensureServer({ dataDir: join(dir, '.tsdbt/clickhouse'), label: 'the test' });
  const driver: Driver = await openDriver({ ...server, schema: 'main' }, { threads: 1, singleServer: true });
  const run: SmallProject['run'] = (args, env = {}) => runTsdbt(dir, args, env);
  return {
    dir,
    run,
    write,
    artifact: (name) => JSON.parse(readFileSync(join(dir, 'target', name), 'utf8')),
    rows: async (sql) => (await driver.query(sql)).rows,
    async remove() {
      await driver.close();
      await server.release();
      await run(['server', 'stop']);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
