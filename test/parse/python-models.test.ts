import { afterEach, expect, test } from 'vitest';
import { TestProject } from './project.ts';

const projects: TestProject[] = [];
afterEach(() => {
  for (const each of projects.splice(0)) each.remove();
});

function project(code: string): TestProject {
  const made = new TestProject({
    'models/a.sql': 'select 1',
    'models/s.yml': 'sources: [{name: raw, tables: [{name: t}]}]',
    'models/b.py': code,
  });
  projects.push(made);
  return made;
}

test('what a model in Python refers to and configures', async () => {
  const { manifest } = await project(
    [
      'import pandas as pd  # dbt.ref("comment")',
      'def model(dbt, session):',
      "    dbt.config(materialized='table', tags=['x', 'y'], meta={'a': 1.0, 'b': None}, enabled=True)",
      '    text = "dbt.ref(\'text\')"',
      "    left = dbt.ref('a').limit(10)",
      '    limit = dbt.config.get("limit", 5)',
      "    return left.join(dbt.source('raw', 't'))",
    ].join('\n'),
  ).parse();
  const node = manifest.nodes['model.p.b'];
  expect(node).toMatchObject({ language: 'python', refs: [{ name: 'a' }], sources: [['raw', 't']], tags: ['x', 'y'] });
  expect(node?.config).toMatchObject({ materialized: 'table', config_keys_used: ['limit'], config_keys_defaults: [5] });
  expect(manifest.parent_map['model.p.b']).toEqual(['model.p.a', 'source.p.raw.t']);
});

test.each([
  ['x = 1', 'dbt allows exactly one model defined per python file, found 0'],
  ['def model(session):\n    return 1', "'dbt' not provided for model as the first argument"],
  ['def model(dbt, s):\n    return dbt.ref("{{ x }}")', 'No jinja in python model code is allowed'],
  ['def model(dbt, s):\n    return dbt.ref(name)', 'Error when trying to literal_eval an arg to dbt.ref()'],
])('%s', async (code, message) => {
  const [problem] = await project(code).problems();
  expect(problem?.message).toContain(message);
  expect(problem?.at?.file).toMatch(/models\/b\.py$/);
});
