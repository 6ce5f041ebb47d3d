import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTsdbt } from './checkout.ts';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;

beforeAll(async () => {
  project = await smallProject({
    'models/good.sql': "{{ config(materialized='table', meta={'owner': 'data'}) }}\nselect 1 as id",
    'models/after.sql': "select id from {{ ref('good') }}",
    'models/wrong.sql': "select\n  nope\nfrom {{ ref('good') }}",
    'models/refused.sql': "{% if execute %}{{ exceptions.raise_compiler_error('no good') }}{% endif %}select 1 as a",
    'models/models.yml':
      'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests: [unique, {accepted_values: {arguments: {values: [2]}, config: {severity: warn}}}]\n',
    'macros/operations.sql':
      "{% macro speak() %}{{ print('printed') }}{{ log('{\"a\": 1}', info=true) }}{% do exceptions.warn('careful') %}{% endmacro %}\n" +
      "{% macro fail() %}{% do run_query('select nope') %}{% endmacro %}",
  });
}, 120_000);

afterAll(() => project?.remove(), 60_000);

interface Told {
  readonly info: { readonly name: string; readonly level: string; readonly msg: string; readonly thread: string };
  // biome-ignore lint/suspicious/noExplicitAny: the data of an event is as its name says
  readonly data: any;
}

function events(stdout: string): Told[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
}

describe('exit codes', () => {
  it.each<[number, string[]]>([
    [0, ['build', '--select', 'good', 'after']],
    [0, ['run', '--select', 'nothing_of_this_name']],
    [0, ['ls', '--select', 'nothing_of_this_name']],
    [1, ['run', '--select', 'wrong']],
    [1, ['run-operation', 'fail']],
    [2, ['run-operation', 'no_such_macro']],
    [2, ['compile', '--select', 'refused']],
    [2, ['run', '--no-such-option']],
    [2, ['no-such-command']],
    [2, ['--target', 'dev', 'run', '--target', 'dev']],
    [2, ['run', '--profile', 'no_such_profile']],
    [2, ['run', '--select', 'nothing_of_this_name', '--warn-error']],
    [1, ['test', '--select', 'good', '--warn-error']],
    [1, ['run-operation', 'speak', '--warn-error-options', '{error: [JinjaLogWarning]}']],
    [0, ['run-operation', 'speak', '--warn-error-options', '{silence: [JinjaLogWarning]}']],
  ])('%i: tsdbt %j', async (code, args) => {
    const ended = await project.run(args);
    expect({ code: ended.code, stdout: ended.stdout }).toMatchObject({ code });
  });
});

describe('JSON lines, as orchestrators read them', () => {
  it('of a build that goes well: each node from start to end, its relation and its times, and no error', async () => {
    const { stdout } = await project.run([
      'build',
      '--select',
      'good',
      'after',
      '--log-format',
      'json',
      '--log-level',
      'debug',
    ]);
    const told = events(stdout);
    expect(told.filter(({ info }) => info.level === 'error')).toEqual([]);
    const ofGood = told.filter(({ data }) => data.node_info?.unique_id === 'model.small.good');
    const steps = ofGood.map(({ info }) => info.name).filter((name) => /^(Node|LogStart|LogModel)/.test(name));
    expect(steps).toEqual([
      'NodeStart',
      'LogStartLine',
      'NodeCompiling',
      'NodeExecuting',
      'LogModelResult',
      'NodeFinished',
    ]);
    const finished = ofGood.find(({ info }) => info.name === 'NodeFinished');
    expect(finished?.info.thread).toMatch(/^Thread-\d+ \(worker\)$/);
    expect(finished?.data.node_info).toMatchObject({
      node_status: 'success',
      materialized: 'table',
      meta: { owner: 'data' },
      node_relation: { schema: 'main', alias: 'good', relation_name: '`main`.`good`' },
    });
    expect(finished?.data.node_info.node_started_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(finished?.data.run_result).toMatchObject({ status: 'success', message: 'OK', num_failures: 0 });
    const warned = told.find(({ info, data }) => info.name === 'LogTestResult' && data.status === 'warn');
    expect(warned).toMatchObject({
      info: { level: 'warn' },
      data: { num_failures: 1, attached_node: 'model.small.good' },
    });
    expect(told.at(-1)).toMatchObject({
      info: { name: 'CommandCompleted' },
      data: { command: 'dbt build', success: true },
    });
  });

  it('of an operation: what it prints and logs, one object a line', async () => {
    const { stdout } = await project.run(['--log-format', 'json', 'run-operation', 'speak']);
    const said = events(stdout).filter(({ info }) => /^(Print|Jinja)/.test(info.name));
    expect(said.map(({ info }) => [info.name, info.level])).toEqual([
      ['PrintEvent', 'info'],
      ['JinjaLogInfo', 'info'],
      ['JinjaLogWarning', 'warn'],
    ]);
    expect(said[1]?.data.msg).toBe('{"a": 1}');
  });

  it('of a failing model: what failed and why, at error level', async () => {
    const { stdout } = await project.run(['run', '--select', 'wrong', '--log-format', 'json']);
    const errors = events(stdout).filter(({ info }) => info.level === 'error');
    expect(errors.map(({ info }) => info.name)).toEqual(['LogModelResult', 'RunResultFailure', 'RunResultError']);
    expect(errors[2]?.data.msg).toContain('nope');
  });
});

describe('ls as cosmos asks for it', () => {
  it('lists from a folder of links, with paths from the environment, one JSON object a line and no word of an error', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsdbt-links-'));
    for (const name of ['dbt_project.yml', 'models', 'macros'])
      symlinkSync(join(project.dir, name), join(folder, name));
    const keys = [
      'name',
      'unique_id',
      'resource_type',
      'depends_on',
      'original_file_path',
      'tags',
      'config',
      'freshness',
      'fqn',
    ];
    const args = [
      'ls',
      '--output',
      'json',
      '--output-keys',
      ...keys,
      '--project-dir',
      folder,
      '--profiles-dir',
      project.dir,
    ];
    const env = { DBT_LOG_PATH: join(folder, 'logs'), DBT_TARGET_PATH: join(folder, 'target') };
    const { code, stdout } = await runTsdbt(folder, [...args, '--select', 'after'], env);
    expect(code).toBe(0);
    expect(stdout).not.toContain('Error');
    const listed = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(listed.map((line) => JSON.parse(line))).toMatchObject([
      {
        unique_id: 'model.small.after',
        original_file_path: 'models/after.sql',
        depends_on: { nodes: ['model.small.good'] },
        fqn: ['small', 'after'],
      },
    ]);
  });
});

describe('what a pipe gets', () => {
  it("is dbt's lines with no escape codes, and an annotation more under GitHub Actions", async () => {
    const env = { TSDBT_PROGRESS: 'auto', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: project.dir };
    const { stdout } = await project.run(['run', '--select', 'wrong'], env);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}1 of 1 START sql view model `main`\.`wrong` \.+ \[RUN\]$/m);
    expect(stdout).toMatch(/^::error file=models\/wrong\.sql,line=2,col=3,title=wrong::/m);
    expect(stdout).toMatch(/Done\. PASS=0 WARN=0 ERROR=1 SKIP=0 NO-OP=0 REUSED=0 TOTAL=1$/m);
  });
});
