import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, load, loadIn, PROFILES, PROJECT } from './project-folder.ts';

const problem = (fields: object) => expect.objectContaining(fields);

describe('a small project', () => {
  test('has dbt’s defaults', async () => {
    const project = await load({ 'dbt_project.yml': PROJECT });
    expect(project.root).toMatchObject({
      name: 'acme',
      version: '1.0.0',
      paths: {
        model: ['models'],
        seed: ['seeds'],
        test: ['tests'],
        analysis: ['analyses'],
        macro: ['macros'],
        snapshot: ['snapshots'],
        docs: ['models', 'seeds', 'snapshots', 'analyses', 'macros', 'tests', 'functions'],
        asset: [],
        function: ['functions'],
      },
      vars: {},
      onRunStart: [],
      dispatch: [],
    });
    const root = project.root.root;
    expect(project).toMatchObject({
      targetPath: join(root, 'target'),
      logPath: join(root, 'logs'),
      packagesPath: join(root, 'dbt_packages'),
      statePath: join(root, '.tsdbt'),
      cleanTargets: ['target'],
      queryComment: { comment: null, append: false, jobLabel: false },
      invocation: {
        id: 'the-invocation',
        startedAt: '2026-01-02T03:04:05.678000Z',
        which: 'run',
        command: 'dbt run',
      },
      target: { profileName: 'acme', name: 'dev', type: 'clickhouse', schema: 'analytics', threads: 4 },
    });
    expect(project.target.credentials).toEqual({ schema: 'analytics', host: 'localhost' });
  });

  test('says what it is told', async () => {
    const text = `${PROJECT}
model-paths: [transform]
on-run-start: "select '{{ target.name }}'"
on-run-end: ['{{ a() }}', '{{ b() }}']
query-comment: {comment: hello, append: true}
clean-targets: [out]
target-path: out
packages-install-path: vendor
dispatch:
  - {macro_namespace: dbt_utils, search_order: [acme, dbt_utils]}
tests: {acme: {+severity: warn}}
models:
  acme:
    +enabled: "{{ var('on', 'yes') }}"
    +post-hook: "{{ late() }}"
    marts: {+schema: "{{ env_var('LAYER', 'gold') }}"}
vars: {day: 2024-01-01, text: "{{ untouched }}"}
require-dbt-version: ['>=1.10.0', '<2.0.0']
`;
    const project = await load({ 'dbt_project.yml': text }, { env: { LAYER: 'silver' } });
    expect(project.root.onRunStart).toEqual(["select '{{ target.name }}'"]);
    expect(project.root.onRunEnd).toEqual(['{{ a() }}', '{{ b() }}']);
    expect(project.root.trees.models).toEqual({
      acme: { '+enabled': 'yes', '+post-hook': '{{ late() }}', marts: { '+schema': 'silver' } },
    });
    expect(project.root.unrenderedTrees.models).toMatchObject({
      acme: { marts: { '+schema': "{{ env_var('LAYER', 'gold') }}" } },
    });
    expect(project.root.trees.data_tests).toEqual({ acme: { '+severity': 'warn' } });
    expect(project.root.vars['text']).toBe('{{ untouched }}');
    expect(project.root.dispatch).toEqual([{ macro_namespace: 'dbt_utils', search_order: ['acme', 'dbt_utils'] }]);
    expect(project.queryComment).toEqual({ comment: 'hello', append: true, jobLabel: false });
    expect(project.packagesPath).toBe(join(project.root.root, 'vendor'));
    expect(project.envVars).toEqual({ LAYER: 'silver' });
    expect(project.warnings.map(({ name }) => name)).toEqual(['ConfigTargetPathDeprecation']);
  });

  test('TSDBT_NOW is the clock', async () => {
    const env = { TSDBT_NOW: '2025-06-01 12:30:00+02:00' };
    const project = await load({ 'dbt_project.yml': PROJECT }, { env });
    expect(project.invocation.startedAt).toBe('2025-06-01T10:30:00.000000Z');
    const withoutZone = await load({ 'dbt_project.yml': PROJECT }, { env: { TSDBT_NOW: '2025-06-01T12:30:00' } });
    expect(withoutZone.invocation.now.toISOString()).toBe('2025-06-01T12:30:00.000Z');
    await expect(load({ 'dbt_project.yml': PROJECT }, { env: { TSDBT_NOW: 'noon' } })).rejects.toThrow("'noon'");
  });
});

describe('where the project is', () => {
  test('in a folder above', async () => {
    const files = { 'dbt_project.yml': PROJECT, 'models/a/x.sql': '', 'home/.dbt/profiles.yml': PROFILES };
    const project = await load(files, { from: 'models/a' });
    expect(project.root.name).toBe('acme');
    expect(project.profilesDir).toMatch(/home\/\.dbt$/);
  });

  test('in project/ of the repository, with profiles/ beside it', async () => {
    const files = { 'project/dbt_project.yml': PROJECT, 'profiles/profiles.yml': PROFILES };
    const project = await load(files);
    expect(project.root.root).toMatch(/\/project$/);
    expect(project.profilesDir).toMatch(/\/profiles$/);
  });

  test('profiles of other projects in ~/.dbt do not hide our own', async () => {
    const files = {
      'project/dbt_project.yml': PROJECT,
      'profiles/profiles.yml': PROFILES,
      'home/.dbt/profiles.yml': 'other: {outputs: {}}\n',
    };
    expect((await load(files)).profilesDir).toMatch(/\/profiles$/);
  });

  test('where --project-dir says, or DBT_PROJECT_DIR', async () => {
    const files = { 'x/dbt_project.yml': PROJECT, 'profiles.yml': PROFILES };
    expect((await load(files, { options: { project_dir: 'x' } })).root.root).toMatch(/\/x$/);
    expect((await load(files, { env: { DBT_PROJECT_DIR: 'x' } })).root.root).toMatch(/\/x$/);
  });

  test('nowhere', async () => {
    await expect(load({})).rejects.toThrow(
      problem({ code: 'TSD1001', hint: expect.stringContaining('--project-dir') }),
    );
  });

  test('target path is relative to the project, log path to the current folder', async () => {
    const files = { 'p/dbt_project.yml': PROJECT, 'profiles.yml': PROFILES };
    const root = folderOf(files);
    const env = { DBT_PROJECT_DIR: 'p', DBT_TARGET_PATH: 'out', DBT_LOG_PATH: 'log' };
    const project = await loadIn(root, { env });
    expect(project.targetPath).toBe(join(root, 'p/out'));
    expect(project.logPath).toBe(join(root, 'log'));
  });
});

describe('what is wrong', () => {
  const rejects = (text: string, fields: object) =>
    expect(load({ 'dbt_project.yml': text })).rejects.toThrow(problem(fields));

  test('a misspelt key is told the right one, at its place', async () => {
    await rejects(`${PROJECT}model_paths: [a]\n`, {
      code: 'TSD1003',
      at: { file: 'dbt_project.yml', line: 4, col: 1 },
      hint: "Did you mean 'model-paths'?",
    });
  });

  test.each([
    ['profile: acme\n', 'Required "name" field'],
    ['name: 1st\nprofile: acme\n', "'1st' is no name"],
    ['name: source\nprofile: acme\n', 'reserved word'],
    [`${PROJECT}model-paths: models\n`, "'model-paths' must be a list of folders"],
    [`${PROJECT}models: [a]\n`, "'models' must be a mapping"],
    [`${PROJECT}dispatch: [{macro_namespace: a}]\n`, 'Invalid project dispatch config'],
    [`${PROJECT}tests: {a: 1}\ndata_tests: {b: 1}\n`, "cannot have both 'tests' and 'data_tests'"],
    [`${PROJECT}require-dbt-version: '>=2.0.0'\n`, 'This version of dbt is not supported'],
    [`${PROJECT}require-dbt-version: '>=1'\n`, 'not a valid semantic version'],
    [`${PROJECT}models: {x: "{{ env_var('NOPE') }}"}\n`, "Env var required but not provided: 'NOPE'"],
    [`${PROJECT}models: {x: "{{ var('nope') }}"}\n`, "Required var 'nope' not found in config"],
    [`${PROJECT}models: {x: "{{ env_var('DBT_ENV_SECRET_X') }}"}\n`, 'Secret env vars are allowed only in'],
    ['- a\n', 'does not parse to a dictionary'],
    ['name: [\n', 'must be sufficiently indented'],
    ['name: acme\n', 'no profile was specified'],
  ])('%j', async (text, message) => {
    await expect(load({ 'dbt_project.yml': text })).rejects.toThrow(message);
  });

  test('a version that may be newer is fine with --no-version-check', async () => {
    const files = { 'dbt_project.yml': `${PROJECT}require-dbt-version: '>=2.0.0'\n` };
    expect((await load(files, { options: { version_check: false } })).root.name).toBe('acme');
  });

  test('all problems of all files at once', async () => {
    const files = {
      'dbt_project.yml': `${PROJECT}model_paths: [a]\nmodels: 1\n`,
      'selectors.yml': 'selectors: [{definition: a}]\n',
      'packages.yml': 'packages: [{package: a/b, version: 1.0.0}]\n',
    };
    const error = await load(files).catch((thrown) => thrown);
    expect(
      error.problems.map(({ code, at }: { code: string; at: { file: string; line: number } }) => [
        code,
        at.file,
        at.line,
      ]),
    ).toEqual([
      ['TSD1003', 'dbt_project.yml', 4],
      ['TSD1003', 'dbt_project.yml', 5],
      ['TSD1007', 'selectors.yml', 1],
    ]);
  });

  test('keys given twice are a warning', async () => {
    const project = await load({ 'dbt_project.yml': `${PROJECT}vars: {a: 1}\nvars: {a: 2}\n` });
    expect(project.root.vars).toEqual({ a: 2 });
    expect(project.warnings).toEqual([
      {
        name: 'DuplicateYAMLKeysDeprecation',
        data: {
          duplicate_description: `Duplicate key 'vars' in "dbt_project.yml", line 5, column 1`,
          file: 'dbt_project.yml',
        },
      },
    ]);
  });
});

describe('vars.yml', () => {
  test('holds the variables, and dbt_project.yml may be rendered with them', async () => {
    const files = {
      'dbt_project.yml': `${PROJECT}models: {acme: {+schema: "{{ var('layer') }}"}}\n`,
      'vars.yml': 'vars: {layer: gold, n: 1}\n',
    };
    const project = await load(files);
    expect(project.root.vars).toEqual({ layer: 'gold', n: 1 });
    expect(project.root.trees.models).toEqual({ acme: { '+schema': 'gold' } });
    const overridden = await load(files, { options: { vars: '{layer: mine}' } });
    expect(overridden.root.trees.models).toEqual({ acme: { '+schema': 'mine' } });
    expect(overridden.cliVars).toEqual({ layer: 'mine' });
  });

  test('not in both places', async () => {
    const files = { 'dbt_project.yml': `${PROJECT}vars: {a: 1}\n`, 'vars.yml': 'vars: {b: 1}\n' };
    await expect(load(files)).rejects.toThrow('cannot be defined in both');
  });
});

describe('packages', () => {
  const installed = { 'dbt_packages/utils/dbt_project.yml': 'name: utils\nversion: 1.2.3\nvars: {x: 1}\n' };

  test('installed ones are loaded', async () => {
    const files = { 'dbt_project.yml': PROJECT, 'packages.yml': 'packages: [{package: a/utils, version: 1.2.3}]\n' };
    const project = await load({ ...files, ...installed });
    expect(project.packages).toMatchObject([{ name: 'utils', version: '1.2.3', vars: { x: 1 } }]);
  });

  test('missing ones say what to do, in the words that tools look for', async () => {
    const files = {
      'dbt_project.yml': PROJECT,
      'dependencies.yml': 'packages: [{package: a/utils, version: 1.2.3}]\n',
    };
    await expect(load(files)).rejects.toThrow(
      'dbt expects 1 package(s) based on packages specified in dependencies.yml, but found only 0 package(s) installed in dbt_packages. Following packages were not found: utils. Run "dbt deps" to install package dependencies.',
    );
    expect((await load(files, { which: 'deps' })).packages).toEqual([]);
  });

  test('two of one name', async () => {
    const files = { 'dbt_project.yml': PROJECT, 'packages.yml': 'packages: [{local: x}]\n' };
    const same = { 'dbt_packages/acme/dbt_project.yml': 'name: acme\n' };
    await expect(load({ ...files, ...same })).rejects.toThrow('more than one package with the name "acme"');
  });
});

describe('selectors.yml', () => {
  test('is rendered and handed on', async () => {
    const files = {
      'dbt_project.yml': PROJECT,
      'selectors.yml':
        "selectors:\n  - name: nightly\n    default: true\n    definition: {method: tag, value: \"{{ env_var('TAG', 'night') }}\"}\n",
    };
    const { selectors } = await load(files);
    expect(selectors).toMatchObject([
      { name: 'nightly', description: '', default: true, definition: { method: 'tag', value: 'night' } },
    ]);
  });

  test.each([
    ['selectors: {a: 1}\n', "must have a list 'selectors'"],
    ['selectors: [x]\n', 'must be a mapping'],
    ['selectors: [{name: a, definition: [b]}]\n', "The definition of the selector 'a'"],
  ])('%j is refused', async (text, message) => {
    await expect(load({ 'dbt_project.yml': PROJECT, 'selectors.yml': text })).rejects.toThrow(message);
  });
});
