import { describe, expect, test } from 'vitest';
import { renderOutput } from '../../src/load/index.ts';
import { load, PROJECT } from './project-folder.ts';

const problem = (fields: object) => expect.objectContaining(fields);
const withProfile = (text: string) => ({ 'dbt_project.yml': PROJECT, 'profiles.yml': text });

const TWO = `acme:
  target: "{{ env_var('DBT_TARGET_NAME', 'dev') }}"
  outputs:
    dev: &dev
      type: clickhouse
      schema: dev
      host: "{{ env_var('CH_HOST', 'localhost') }}"
      password: "{{ env_var('DBT_ENV_SECRET_PASSWORD', '') }}"
      threads: 2
    prod:
      <<: *dev
      schema: prod
      host: "{{ env_var('PROD_HOST') }}"
    api:
      type: postgres
      host: "{{ env_var('API_HOST') }}"
      password: "{{ env_var('DBT_ENV_SECRET_API') }}"
`;

describe('the chosen output', () => {
  test('is the only one rendered', async () => {
    const { target } = await load(withProfile(TWO), { env: { CH_HOST: 'db' } });
    expect(target).toEqual({
      profileName: 'acme',
      name: 'dev',
      type: 'clickhouse',
      schema: 'dev',
      threads: 2,
      credentials: { schema: 'dev', host: 'db', password: '' },
      at: expect.any(Function),
    });
  });

  test('--target over the profile’s own, --threads over the output’s', async () => {
    const env = { PROD_HOST: 'p', DBT_TARGET: 'dev' };
    const { target } = await load(withProfile(TWO), { env, options: { target: 'prod', threads: '8' } });
    expect(target).toMatchObject({ name: 'prod', schema: 'prod', threads: 8, credentials: { host: 'p' } });
  });

  test('the target’s name may come from the environment', async () => {
    const env = { DBT_TARGET_NAME: 'prod', PROD_HOST: 'p' };
    const project = await load(withProfile(TWO), { env });
    expect(project.target.name).toBe('prod');
    expect(project.envVars).toEqual({ DBT_TARGET_NAME: 'prod', PROD_HOST: 'p' });
  });

  test('a missing variable is named at its place', async () => {
    await expect(load(withProfile(TWO), { options: { target: 'prod' } })).rejects.toThrow(
      problem({
        code: 'TSD1005',
        message: "Env var required but not provided: 'PROD_HOST'",
        at: { file: 'profiles.yml', line: 13, col: 13 },
      }),
    );
  });

  test('an embedded ClickHouse passes through', async () => {
    const text = 'acme: {target: e, outputs: {e: {type: clickhouse, schema: dbt, embedded: {path: .tsdbt/ch}}}}\n';
    const { target } = await load(withProfile(text));
    expect(target.credentials).toEqual({ schema: 'dbt', embedded: { path: '.tsdbt/ch' } });
    expect(target.threads).toBe(1);
  });

  test('without target it is default, and that is said', async () => {
    const project = await load(withProfile('acme: {outputs: {default: {type: clickhouse, schema: x}}}\n'));
    expect(project.target.name).toBe('default');
    expect(project.warnings).toEqual([
      { name: 'MissingProfileTarget', data: { profile_name: 'acme', target_name: 'default' } },
    ]);
  });

  test('secrets are filled in after rendering, and are not recorded', async () => {
    const env = { DBT_ENV_SECRET_PASSWORD: "it's {{ not }} a template" };
    const project = await load(withProfile(TWO), { env });
    expect(project.target.credentials['password']).toBe("it's {{ not }} a template");
    expect(JSON.stringify(project.envVars)).not.toContain('SECRET');
  });
});

describe('what is wrong', () => {
  test.each([
    ['other: {outputs: {}}\n', "Could not find profile named 'acme'"],
    ['acme:\n', 'Profile acme in profiles.yml is empty'],
    ['acme: {target: x}\n', "outputs not specified in profile 'acme'"],
    ['acme: {target: x, outputs: {a: {type: t}, b: {}}}\n', "does not have a target named 'x'"],
    ['acme: {target: a, outputs: {a: b}}\n', 'is misconfigured'],
    ['acme: {target: a, outputs: {a: {schema: x}}}\n', 'required field "type" not found'],
    ['acme: {target: a, outputs: {a: {type: clickhouse}}}\n', "needs 'schema'"],
    ['acme: {target: a, outputs: {a: {type: clickhouse, schema: x, threads: many}}}\n', 'whole number above 0'],
  ])('%j', async (text, message) => {
    await expect(load(withProfile(text))).rejects.toThrow(message);
  });

  test('deps works without a profile', async () => {
    const project = await load(withProfile('other: {}\n'), { which: 'deps' });
    expect(project.target.type).toBe('');
  });
});

describe('another output', () => {
  test('is rendered when it is asked for', async () => {
    const project = await load(withProfile(TWO));
    const request = { profilesDir: project.profilesDir, profileName: 'acme', output: 'api', cliVars: {}, cwd: '/' };
    const target = await renderOutput({ ...request, env: { API_HOST: 'pg', DBT_ENV_SECRET_API: 's3cret' } });
    expect(target).toMatchObject({ type: 'postgres', name: 'api', credentials: { host: 'pg', password: 's3cret' } });
    await expect(renderOutput({ ...request, env: {} })).rejects.toThrow("'API_HOST'");
  });
});
