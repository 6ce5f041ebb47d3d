import { afterEach, expect, test } from 'vitest';
import { TestProject } from './project.ts';

let project: TestProject | undefined;
afterEach(() => project?.remove());

async function warnings(files: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  project = new TestProject(files);
  const result = await project.parse();
  // What is taken from the cache warns of the same.
  expect((await project.parse()).warnings).toEqual(result.warnings);
  return result.warnings.map(({ name, data }) => [name, data]);
}

test('properties of nothing, in the wrong section, of a macro that is none', async () => {
  const found = await warnings({
    'models/a.sql': 'select 1',
    'models/s.yml': 'models: [{name: b}]\nseeds: [{name: a}]\nmacros: [{name: m}]',
  });
  expect(found).toEqual([
    ['NoNodeForYamlKey', { patch_name: 'b', yaml_key: 'models', file_path: 'models/s.yml' }],
    [
      'WrongResourceSchemaFile',
      {
        patch_name: 'a',
        resource_type: 'model',
        plural_resource_type: 'models',
        yaml_key: 'seeds',
        file_path: 'models/s.yml',
      },
    ],
    ['MacroNotFoundForPatch', { patch_name: 'm' }],
  ]);
});

test('folders that are configured but empty', async () => {
  const found = await warnings({
    'dbt_project.yml':
      'name: p\nprofile: p\nmodels: {p: {+tags: x, a: {+tags: y}, none: {deep: {+tags: z}}}}\nseeds: {p: {+quote_columns: true}}',
    'models/a/m.sql': 'select 1',
  });
  expect(found).toEqual([['UnusedResourceConfigPath', { unused_config_paths: ['models.p.none.deep', 'seeds.p'] }]]);
});

test('models whose time has come, and who still reads them', async () => {
  const found = await warnings({
    'models/old.sql': 'select 1',
    'models/soon.sql': 'select 1',
    'models/m.sql': "{{ ref('old') }} {{ ref('soon') }}",
    'models/s.yml': 'models: [{name: old, deprecation_date: 2001-01-01}, {name: soon, deprecation_date: 2999-01-01}]',
  });
  expect(found.map((warning) => (warning as readonly string[])[0])).toEqual([
    'DeprecatedModel',
    'DeprecatedReference',
    'UpcomingReferenceDeprecation',
  ]);
});

test('a test of what is disabled, and old ways to write tests', async () => {
  const found = await warnings({
    'models/gone.sql': '{{ config(enabled=false) }}',
    'models/a.sql': 'select 1',
    'models/s.yml':
      'models: [{name: gone, columns: [{name: c, data_tests: [unique]}]}, {name: a, columns: [{name: c, data_tests: [{accepted_values: {values: [1]}}]}]}]',
  });
  expect(found.map((warning) => (warning as readonly string[])[0])).toEqual([
    'MissingArgumentsPropertyInGenericTestDeprecation',
    'InvalidDisabledTargetInTestNode',
  ]);
});
