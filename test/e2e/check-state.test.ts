import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTsdbt } from './checkout.ts';

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: small\nversion: "1.0"\nprofile: small\n',
  'profiles.yml': `small:
  target: dev
  outputs: {dev: {type: clickhouse, schema: main, threads: 1, embedded: {path: .tsdbt/clickhouse}}}
`,
  'models/raw.yml': `sources:
  - name: raw
    tables:
      - name: account
        columns: [{name: id, data_type: Int64}, {name: name, data_type: String}, {name: followers, data_type: Int64}]
`,
  'models/stg.sql': "select id, name, followers, 1 as gone from {{ source('raw', 'account') }}",
  'models/inc.sql': `{{ config(materialized='incremental', order_by='id') }}
select id, followers from {{ ref('stg') }}
{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}`,
  'models/mart.sql':
    "select id, upper(name) as title, followers * 2 as twice from {{ ref('stg') }} where followers > 0",
  'models/end.sql': "select m.title from {{ ref('mart') }} as m join {{ ref('inc') }} as i on i.id = m.id",
  'models/page.yml':
    'exposures:\n  - {name: page, type: dashboard, owner: {name: a, email: a@b.c}, depends_on: [ref("end")]}\n',
  'syncs/s.yml': `syncs:
  - name: mart
    source: ref('mart')
    connection: pg
    table: public.mart
    columns: [{name: id}, {name: n, source: twice}]
`,
};

let dir: string;
function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

interface Impact {
  readonly change: { readonly node: string; readonly column?: string; readonly kind: string; readonly class: string };
  readonly columns: readonly { readonly node: string; readonly column: string }[];
  readonly consumers: readonly { readonly label: string }[];
}

async function changes(
  state: string,
): Promise<{ readonly code: number | null; readonly lines: readonly string[]; readonly reworded: readonly string[] }> {
  const { code, stdout } = await runTsdbt(dir, ['--quiet', 'check', '--state', state, '--output', 'json']);
  const { impacts, reworded } = JSON.parse(stdout).changes as { impacts: Impact[]; reworded: string[] };
  const short = (id: string): string => id.split('.').slice(2).join('.');
  const lines = impacts.map(({ change, columns, consumers }) => {
    const reached = [
      ...columns.map(({ node, column }) => `${short(node)}.${column}`),
      ...consumers.map(({ label }) => label),
    ];
    return `${short(change.node)}.${change.column ?? '*'} ${change.kind} (${change.class}): ${reached.join(', ')}`;
  });
  return { code, lines: lines.sort(), reworded: reworded.map(short) };
}

describe.each([
  ['its column_lineage.json', 'check', 'column_lineage.json'],
  ['the SQL it was compiled to', 'compile', undefined],
])('check --state, against %s', (_, command, file) => {
  let state: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-state-'));
    state = join(dir, 'before');
    mkdirSync(state);
    write(FILES);
    await runTsdbt(dir, ['compile']);
    await runTsdbt(dir, [command]);
    for (const name of ['manifest.json', ...(file === undefined ? [] : [file])]) {
      copyFileSync(join(dir, 'target', name), join(state, name));
    }
  }, 120_000);
  beforeEach(() => write(FILES));
  afterAll(async () => {
    await runTsdbt(dir, ['server', 'stop']);
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  it('other words are no change', async () => {
    write({
      'models/mart.sql': `with a as (select * from {{ ref('stg') }}) -- the accounts
select a.id as id, upper(name) as title, (followers * 2) as twice from a where followers > 0`,
    });
    expect(await changes(state)).toEqual({ code: 0, lines: [], reworded: ['mart'] });
  });

  it('each change with its class and all that it reaches', async () => {
    write({
      'models/stg.sql':
        "select id, lower(name) as name, toInt32(followers) as followers, 2 as more from {{ source('raw', 'account') }}",
      'models/mart.sql':
        "select id, upper(name) as headline, followers * 2 as twice from {{ ref('stg') }} where followers > 1",
      'models/end.sql':
        "select m.headline as title from {{ ref('mart') }} as m join {{ ref('inc') }} as i on i.id = m.id",
    });
    const { code, lines } = await changes(state);
    expect(code).toBe(1);
    expect(lines).toEqual([
      'end.title expression changed (non-breaking): exposure page',
      'inc.followers retyped (breaking): ',
      'mart.* rows changed (non-breaking): sync mart (public.mart)',
      'mart.title renamed (breaking): end.title, exposure page, sync mart (public.mart)',
      'stg.followers retyped (breaking): inc.followers, mart.twice, mart.*, end.*, exposure page, sync mart (public.mart)',
      'stg.gone removed (breaking): ',
      'stg.more added (non-breaking): ',
      'stg.name expression changed (non-breaking): mart.title, end.title, mart.headline, exposure page, sync mart (public.mart)',
    ]);
  });
});

it('findings as SARIF lie on the lines', async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-sarif-'));
  write({ ...FILES, 'models/end.sql': "select\n  title,\n  nothing\nfrom {{ ref('mart') }}" });
  const { code, stdout } = await runTsdbt(dir, ['--quiet', 'check', '--output', 'sarif']);
  rmSync(dir, { recursive: true, force: true });
  expect(code).toBe(1);
  const { version, runs } = JSON.parse(stdout);
  expect(version).toBe('2.1.0');
  expect(runs[0].results).toMatchObject([
    {
      ruleId: 'TSD4002',
      level: 'error',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'models/end.sql' }, region: { startLine: 3, startColumn: 3 } } },
      ],
    },
  ]);
}, 60_000);

describe('selections that know columns', () => {
  const select = async (...args: string[]): Promise<readonly string[]> => {
    const { stdout } = await runTsdbt(dir, ['--quiet', 'ls', '--output', 'name', '--select', ...args]);
    return stdout.trim().split('\n').filter(Boolean).sort();
  };
  let state: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tsdbt-check-select-'));
    state = join(dir, 'before');
    mkdirSync(state);
    write(FILES);
    await runTsdbt(dir, ['check']);
    await runTsdbt(dir, ['parse']);
    for (const name of ['manifest.json', 'column_lineage.json'])
      copyFileSync(join(dir, 'target', name), join(state, name));
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('follow a column, not all that reads its node', async () => {
    expect(await select('column:stg.name')).toEqual(['stg']);
    expect(await select('column:stg.name+')).toEqual(['end', 'mart', 'page', 'stg']);
    expect(await select('column:stg.name+1')).toEqual(['mart', 'stg']);
    expect(await select('column:stg.gone+')).toEqual(['stg']);
    expect(await select('column:raw.account.fol*+')).toEqual(['end', 'inc', 'mart', 'page', 'raw.account', 'stg']);
    expect(await select('+column:mart.title', '--exclude', 'source:*')).toEqual(['mart', 'stg']);
    expect(await select('column:stg.nix+')).toEqual([]);
  }, 60_000);

  it('take what has other columns than it had', async () => {
    write({
      'models/stg.sql':
        "select id, name, toInt32(followers) as followers, 1 as gone from {{ source('raw', 'account') }}",
      'models/mart.sql': `${FILES['models/mart.sql']} and id > 0`,
    });
    expect(await select('state:modified.schema', '--state', state)).toEqual(['inc', 'stg']);
    expect(await select('state:modified', '--state', state)).toEqual(['mart', 'stg']);
    write(FILES);
    expect(await select('state:modified.schema', '--state', state)).toEqual([]);
  }, 60_000);

  it('compile --check types what it compiled', async () => {
    write({ 'models/end.sql': "select titel from {{ ref('mart') }}" });
    const { code, stdout } = await runTsdbt(dir, ['compile', '--check', '--select', 'end']);
    expect(code).toBe(1);
    expect(stdout).toContain('models/end.sql:1:8');
    write(FILES);
    expect((await runTsdbt(dir, ['compile', '--check'])).code).toBe(0);
  }, 60_000);
});
