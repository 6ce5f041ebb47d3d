import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureServer, openDriver } from '../../src/adapter/index.ts';
import { runTsdbt } from './checkout.ts';

interface Answer {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly subject: string;
    readonly message: string;
    readonly at: { readonly file: string; readonly line: number; readonly col: number };
  }[];
  readonly nodes: readonly {
    readonly unique_id: string;
    readonly state: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }[];
}

const PROFILE = (name: string): string =>
  `${name}: {target: dev, outputs: {dev: {type: clickhouse, schema: ${name}, threads: 1, embedded: {path: '.tsdbt/clickhouse'}}}}\n`;

async function check(dir: string): Promise<Answer> {
  const { stdout } = await runTsdbt(dir, ['--quiet', 'check', '--output', 'json']);
  return JSON.parse(stdout) as Answer;
}

describe('shop', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-'));

  beforeAll(() => {
    cpSync(fileURLToPath(new URL('../parse/fixtures/shop', import.meta.url)), dir, { recursive: true });
    writeFileSync(join(dir, 'profiles.yml'), PROFILE('shop'));
  });
  afterAll(async () => {
    await runTsdbt(dir, ['server', 'stop']);
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  it('says offline the types that a build gives', async () => {
    const { findings, nodes } = await check(dir);
    // True ones: a model lists its columns from rows; the YAML says UInt32 where a seed's numbers are Int32.
    expect(findings.map(({ code, subject }) => `${code} ${subject}`).sort()).toEqual([
      'TSD4005 report.customer_id',
      'TSD4005 report.customer_id',
      'TSD4009 loop_m',
    ]);
    expect(nodes.filter(({ state }) => state !== 'typed')).toEqual([]);
    expect(await runTsdbt(dir, ['build'])).toMatchObject({ code: 0 });
    const built = await builtColumns(dir);
    const manifest = JSON.parse(
      (
        await runTsdbt(dir, [
          '--quiet',
          'ls',
          '--output',
          'json',
          '--output-keys',
          'unique_id',
          'relation_name',
          'config',
        ])
      ).stdout
        .trim()
        .split('\n')
        .join(',')
        .replace(/^/, '[')
        .concat(']'),
    ) as { unique_id: string; relation_name?: string; config: { materialized?: string } }[];
    let compared = 0;
    for (const { unique_id, relation_name, config } of manifest) {
      const node = nodes.find((one) => one.unique_id === unique_id);
      if (node?.unique_id === 'model.shop.loop_m') continue;
      if (node === undefined || !relation_name || config.materialized === 'ephemeral' || /^test\./.test(unique_id))
        continue;
      const columns = node.columns.map(({ name, type }) => `${name} ${type}`);
      expect(columns, unique_id).toEqual(built.get(relation_name.replaceAll('`', '')));
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  }, 180_000);
});

async function builtColumns(dir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const server = await ensureServer({ dataDir: join(dir, '.tsdbt/clickhouse'), label: 'the test' });
  const driver = await openDriver({ ...server, schema: 'shop' }, { singleServer: true });
  const { rows } = await driver.query(
    "select database || '.' || table, groupArray(name || ' ' || type) from (select * from system.columns where database != 'system' order by database, table, position) group by 1",
  );
  await driver.close();
  await server.release();
  return new Map(rows as [string, string[]][]);
}

describe('what cannot be known, and what is wrong', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-'));
  let answer: Answer;

  beforeAll(async () => {
    cpSync(fileURLToPath(new URL('../check/fixtures/broken', import.meta.url)), dir, { recursive: true });
    writeFileSync(join(dir, 'profiles.yml'), PROFILE('broken'));
    answer = await check(dir);
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('finds each thing at its place', () => {
    const shown = answer.findings.map(
      ({ code, severity, subject, at }) => `${at.file}:${at.line}:${at.col} ${severity} ${code} ${subject}`,
    );
    expect(shown.sort()).toEqual([
      'models/contracted.sql:4:19 error TSD4001 contracted.b',
      'models/contracted.sql:5:10 error TSD4001 contracted.d',
      'models/grows.sql:5:21 warn TSD4007 grows.n',
      'models/grows_badly.sql:4:24 error TSD4002 grows_badly',
      'models/looks.sql:2:1 warn TSD4008 looks',
      'models/macro_in.sql:3:15 error TSD4002 macro_in',
      'models/models.yml:13:15 error TSD4004 tested.gone',
      'models/models.yml:9:15 error TSD4001 contracted.c',
      'models/sources.yml:10:15 warn TSD4006 source raw.bare',
      'tests/no_such.sql:2:9 error TSD4002 no_such',
    ]);
  });

  it('is silent about what stands behind a source without types or a broken model', () => {
    const states = Object.fromEntries(answer.nodes.map(({ unique_id, state }) => [unique_id, state]));
    expect(states).toMatchObject({
      'model.broken.on_bare': 'unknown',
      'model.broken.behind_macro_in': 'unknown',
      'model.broken.macro_in': 'broken',
      'model.broken.fine': 'typed',
      'model.broken.looks': 'unknown',
    });
  });

  it('speaks as GitHub listens, and as people read', async () => {
    const github = await runTsdbt(dir, ['--quiet', 'check', 'contracted', '--output', 'github']);
    expect(github.stdout).toContain('::error file=models/contracted.sql,line=4,col=19,title=TSD4001::contracted.b: ');
    expect(github.code).toBe(1);
    const text = await runTsdbt(dir, ['--quiet', 'check', 'grows']);
    expect(text.stdout).toMatch(
      /^Checked 1 model, 2 columns in .*no warehouse\nwarn\[TSD4007\] [\s\S]*\n1 problem \(0 errors, 1 warning\)\n$/,
    );
    expect(text.code).toBe(0);
  }, 60_000);
});
