import { describe, expect, test } from 'vitest';
import { load, PROJECT } from './project-folder.ts';

/** The value that one text of a profile comes out as. */
async function inProfile(text: string, env: Readonly<Record<string, string>> = {}, vars = '{}'): Promise<unknown> {
  const profiles = `acme: {target: t, outputs: {t: {type: clickhouse, schema: s, key: ${JSON.stringify(text)}}}}\n`;
  const files = { 'dbt_project.yml': PROJECT, 'profiles.yml': profiles };
  return (await load(files, { env, options: { vars } })).target.credentials['key'];
}

describe('texts of a profile', () => {
  test.each([
    ["{{ env_var('X') }}", '8123', '8123'],
    ["{{ env_var('X') | as_number }}", '8123', 8123],
    ["{{ env_var('X') | as_number }}", '1.5', 1.5],
    ["{{ env_var('X') | as_bool }}", 'True', true],
    ["{{ env_var('X') | as_native }}", "['a', 1]", ['a', 1]],
    ["{{ env_var('X') | as_text }}", '01', '01'],
    ["{{ env_var('X', 'd') }}", 'v', 'v'],
    ["{{ env_var('Y', 'd') }}", 'v', 'd'],
    ["{{ env_var('Y', 'a') ~ '_' ~ env_var('X') }}", 'v', 'a_v'],
    ["dbt_{{ env_var('X') }}", 'me', 'dbt_me'],
    ["{% if env_var('X') == 'v' %}yes{% else %}no{% endif %}", 'v', 'yes'],
    ["{{ env_var('X') | upper }}", 'v', 'V'],
    ['{# nothing #}', 'v', ''],
    ['plain', 'v', 'plain'],
    ['{{ 1 + 1 }}', 'v', '2'],
  ])('%s with %s is %j', async (text, value, expected) => {
    expect(await inProfile(text, { X: value })).toEqual(expected);
  });

  test('variables of the command line keep their type', async () => {
    expect(await inProfile("{{ var('n') }}", {}, '{n: [1, 2]}')).toEqual([1, 2]);
    expect(await inProfile("{{ var('n') + 1 }}", {}, '{n: 1}')).toBe(2);
    expect(await inProfile("{{ var('n', 3) }}")).toBe(3);
  });

  test('a secret may be part of a longer text, but a filter sees only its placeholder', async () => {
    const env = { DBT_ENV_SECRET_P: 'pa$$word' };
    expect(await inProfile("postgres://x:{{ env_var('DBT_ENV_SECRET_P') }}@h/d", env)).toBe(
      'postgres://x:pa$$word@h/d',
    );
    expect(await inProfile("{{ env_var('DBT_ENV_SECRET_P') | upper }}", env)).toBe('pa$$word');
  });

  test.each([
    ["{{ env_var('NO') | upper }}", "Env var required but not provided: 'NO'"],
    ["{{ env_var('X') | as_number }}", "Could not convert value 'v' into type 'number'"],
    ['{{ nothing() }}', "'nothing' is undefined"],
    ['{{ 1 + }}', 'Could not render {{ 1 + }}'],
    ["{{ var('missing') ~ '' }}", "Required var 'missing' not found in config"],
  ])('%s is refused at its place', async (text, message) => {
    await expect(inProfile(text, { X: 'v' })).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        at: expect.objectContaining({ file: 'profiles.yml', line: 1 }),
      }),
    );
  });
});

describe('dbt_project.yml', () => {
  test('knows the target, but not the project', async () => {
    const text = `${PROJECT}models: {acme: {+schema: "{{ target.name }}_{{ project_name }}", +enabled: "{{ target.type == 'clickhouse' }}"}}\n`;
    const project = await load({ 'dbt_project.yml': text });
    expect(project.root.trees.models).toEqual({ acme: { '+schema': 'dev_', '+enabled': true } });
  });

  test('never sees the password', async () => {
    const profiles = 'acme: {target: t, outputs: {t: {type: clickhouse, schema: s, password: hidden}}}\n';
    const text = `${PROJECT}models: {acme: {+schema: "x{{ target.password }}"}}\n`;
    const project = await load({ 'dbt_project.yml': text, 'profiles.yml': profiles });
    expect(JSON.stringify(project.root.trees)).not.toContain('hidden');
  });
});
