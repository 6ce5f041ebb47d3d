import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WholeFloat } from '../../../src/util/data.ts';
import { TestProject } from '../project.ts';

let project: TestProject;
beforeEach(() => {
  project = new TestProject({
    'models/a.sql':
      "{{ config(meta={'w': 1.0, 'big': 100000000000000000000}) }} select {{ var('x', 1) }}, '{{ env_var('E', 'none') }}'",
    'models/b.sql': "select * from {{ ref('a') }}",
    'models/s.yml': 'models: [{name: a, columns: [{name: i, data_tests: [not_null]}]}]',
    'macros/m.sql': '{% macro m() %}{{ ref("a") }}{% endmacro %}',
    'models/c.sql': '{{ m() }}',
  });
});
afterEach(() => project.remove());

/** The moment at which the nodes were made: the same for two parses if the second took them from the cache. */
async function made(options?: Parameters<TestProject['parse']>[0]): Promise<number> {
  const { manifest } = await project.parse(options);
  return manifest.nodes['model.p.b']?.created_at ?? 0;
}

async function later(options?: Parameters<TestProject['parse']>[0]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return made(options);
}

test('nothing changed: the same manifest, whatever its values', async () => {
  const first = await project.parse();
  const second = await project.parse();
  const { metadata: _a, ...one } = first.manifest;
  const { metadata: _b, ...two } = second.manifest;
  expect(two).toEqual(one);
  expect(second.manifest.nodes['model.p.a']?.config.meta).toEqual({ w: new WholeFloat(1), big: 10n ** 20n });
  expect(second.manifest.metadata.invocation_id).not.toBe(first.manifest.metadata.invocation_id);
  expect(second.library.find('m', 'p')?.uniqueId).toBe('macro.p.m');
  expect(await later()).toBe(await made());
});

describe('what it depends on', () => {
  const changes: Record<string, () => void> = {
    'the text of a model': () => project.write({ 'models/b.sql': "select 2 from {{ ref('a') }}" }),
    'a text of the same length': () => project.write({ 'models/b.sql': "select + from {{ ref('a') }}" }),
    'a new file': () => project.write({ 'models/d.sql': 'select 1' }),
    properties: () => project.write({ 'models/s.yml': 'models: [{name: a, description: x}]' }),
    'a macro': () => project.write({ 'macros/m.sql': '{% macro m() %}{{ ref("b") }}{% endmacro %}' }),
    'dbt_project.yml': () => project.write({ 'dbt_project.yml': 'name: p\nprofile: p\nmodels: {+tags: x}\n' }),
    '.dbtignore': () => project.write({ '.dbtignore': 'models/c.sql\n' }),
  };
  test.each(Object.keys(changes))('%s', async (name) => {
    const before = await made();
    changes[name]?.();
    expect(await later()).not.toBe(before);
  });

  test('an environment variable that a template asked for', async () => {
    const before = await made({ env: { OTHER: '1' } });
    expect(await later({ env: { OTHER: '2' } })).toBe(before);
    expect(await later({ env: { E: 'set' } })).not.toBe(before);
  });

  test('vars and target of the command line', async () => {
    const before = await made();
    expect(await later({ options: { vars: { x: 2 } } })).not.toBe(before);
  });

  test('the change is what is read', async () => {
    await project.parse();
    project.write({ 'macros/m.sql': '{% macro m() %}{{ ref("b") }}{% endmacro %}' });
    const { manifest } = await project.parse();
    expect(manifest.parent_map['model.p.c']).toEqual(['model.p.b']);
  });
});

test('what one file asked for is not forgotten while another changes', async () => {
  project.write({ 'models/c.sql': "{{ ref(env_var('WHICH', 'a')) }}" });
  await project.parse();
  project.write({ 'models/b.sql': 'select 3' });
  await project.parse();
  const { manifest } = await project.parse({ env: { WHICH: 'b' } });
  expect(manifest.parent_map['model.p.c']).toEqual(['model.p.b']);
});

test('a macro that another macro calls', async () => {
  project.write({
    'macros/n.sql': '{% macro n() %}b{% endmacro %}',
    'macros/m.sql': '{% macro m() %}{{ ref(n()) }}{% endmacro %}',
  });
  await project.parse();
  project.write({ 'macros/n.sql': '{% macro n() %}a{% endmacro %}' });
  const { manifest } = await project.parse();
  expect(manifest.parent_map['model.p.c']).toEqual(['model.p.a']);
  expect(manifest.macros['macro.p.m']?.depends_on.macros).toEqual(['macro.p.n']);
});

test('a file that was touched but says the same changes nothing', async () => {
  const before = await made();
  utimesSync(join(project.dir, 'models/b.sql'), new Date(), new Date());
  expect(await later()).toBe(before);
});

test('--no-partial-parse reads everything', async () => {
  const before = await made();
  expect(await later({ options: { partial_parse: false } })).not.toBe(before);
});

test.each([
  ['cut', (text: string) => text.slice(0, -100)],
  ['empty', () => ''],
  ['foreign', () => 'hello\nworld\n'],
  ['altered', (text: string) => text.replace('"model.p.b"', '"model.p.x"')],
])('a cache that is %s is ignored', async (_, damage) => {
  await project.parse();
  for (const name of ['manifest.cache', 'parts.cache']) {
    const file = join(project.dir, '.tsdbt/parse', name);
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
  }
  const { manifest } = await project.parse();
  expect(Object.keys(manifest.nodes)).toContain('model.p.b');
});

test('values of variables are not kept', async () => {
  await project.parse({ env: { E: 'very-private' } });
  const text = readFileSync(join(project.dir, '.tsdbt/parse/manifest.cache'), 'utf8');
  expect(text).toContain('"E":');
  expect(text).not.toContain('very-private');
});

test('an error leaves no cache that hides it', async () => {
  project.write({ 'models/b.sql': "select * from {{ ref('nope') }}" });
  expect(await project.problems()).toHaveLength(1);
  expect(await project.problems()).toHaveLength(1);
});
