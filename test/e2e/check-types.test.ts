import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureServer, openDriver } from '../../src/adapter/index.ts';
import { BIN, checkout, type Ended, runCommand, runTsdbt } from './checkout.ts';

const { generate } = (await import(new URL('../bench/generate-warehouse.mjs', import.meta.url).href)) as {
  generate(folder: string, count: number): readonly string[];
};

interface Project {
  readonly dir: string;
  /** The folder of dbt_project.yml. */
  readonly root: string;
  /** Makes its sources and builds all of its models. */
  build(): Promise<void>;
  remove(): Promise<void>;
}

function stir(): Project {
  const { dir, run, remove } = checkout();
  const build = async (): Promise<void> => {
    // Types do not depend on rows: one account, one day.
    await succeed(run(['run-operation', 'generate_sources', '--args', '{accounts: 1, days: 1, seed: 1}']));
    await succeed(run(['run']));
  };
  return { dir, root: join(dir, 'project'), build, remove };
}

function generated(): Project {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-types-'));
  const statements = generate(dir, 40);
  const build = async (): Promise<void> => {
    await ask(dir, statements);
    await succeed(runTsdbt(dir, ['run']));
    // The second run adds to the incremental ones.
    await succeed(runTsdbt(dir, ['run', '--select', 'config.materialized:incremental']));
  };
  const remove = async (): Promise<void> => {
    await runTsdbt(dir, ['server', 'stop']);
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, root: dir, build, remove };
}

const MAY_UNSHARE = spawnSync('unshare', ['-rn', 'true']).status === 0;

describe.each([
  ['Stir', stir, 112],
  ['a generated project', generated, 40],
])('%s', (_, open, models) => {
  const project = open();
  afterAll(() => project.remove(), 60_000);
  let offline: Answer;

  it('is typed with no server, and without a network where the system can take it away', async () => {
    offline = answerOf(await runTsdbt(project.dir, CHECK));
    expect(offline.findings).toEqual([]);
    if (!MAY_UNSHARE) return;
    const alone = await runCommand('unshare', ['-rn', process.execPath, BIN, ...CHECK, '--no-partial-parse'], {
      cwd: project.dir,
      env: {},
    });
    expect(answerOf(alone)).toEqual(offline);
  }, 120_000);

  it('has the types that a build gives, and where a server is check says the same', async () => {
    await project.build();
    const manifest = JSON.parse(readFileSync(join(project.root, 'target/manifest.json'), 'utf8'));
    const built = await builtColumns(project.root);
    const typed = offline.nodes.filter(({ unique_id }) => unique_id.startsWith('model.'));
    expect(typed).toHaveLength(models);
    for (const { unique_id, columns } of typed) {
      const relation = manifest.nodes[unique_id].relation_name.replaceAll('`', '');
      expect(
        columns.map(({ name, type }) => `${name} ${type}`),
        unique_id,
      ).toEqual(built.get(relation));
    }
    expect(answerOf(await runTsdbt(project.dir, [...CHECK, '--no-partial-parse']))).toEqual(offline);
  }, 240_000);
});

const CHECK = ['--quiet', 'check', '--output', 'json'];

interface Answer {
  readonly findings: readonly unknown[];
  readonly nodes: readonly {
    readonly unique_id: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }[];
}

function answerOf({ stdout, stderr }: Ended): Answer {
  if (stdout === '') throw new Error(stderr);
  const { seconds: _, ...answer } = JSON.parse(stdout) as Answer & { readonly seconds: number };
  return answer;
}

async function succeed(ended: Promise<Ended>): Promise<void> {
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`${stdout.slice(-2000)}${stderr}`);
}

async function ask(root: string, statements: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const server = await ensureServer({ dataDir: join(root, '.tsdbt/clickhouse'), label: 'the test' });
  const driver = await openDriver({ ...server, schema: 'default' }, { singleServer: true });
  try {
    let rows: readonly (readonly unknown[])[] = [];
    for (const sql of statements) rows = (await driver.query(sql)).rows;
    return rows;
  } finally {
    await driver.close();
    await server.release();
  }
}

async function builtColumns(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns =
    "select database || '.' || table as t, groupArray(name || ' ' || type) from (select * from system.columns where database != 'system' order by database, table, position) group by t";
  return new Map((await ask(root, [columns])) as [string, string[]][]);
}
