import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { parseFolder, TestProject } from './project.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const projects: TestProject[] = [];
afterEach(() => {
  for (const each of projects.splice(0)) each.remove();
});

function project(yaml: string): TestProject {
  const made = new TestProject({
    'models/spine.sql': 'select 1 as d',
    'models/a.sql': 'select 1 as id',
    'models/s.yml': `models: [{name: spine, time_spine: {standard_granularity_column: d}, columns: [{name: d, granularity: day}]}]\n${yaml}`,
  });
  projects.push(made);
  return made;
}

const MODEL =
  "semantic_models: [{name: s, model: ref('a'), entities: [{name: id, type: primary}], measures: [{name: n, agg: count}]}]";

test('semantic_manifest.json is what dbt 1.12.6 writes', async () => {
  const { written } = await parseFolder(`${fixtures}semantic`);
  const byName = (list: { name: string }[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
  const steady = (text: string) => {
    const file = JSON.parse(text);
    for (const key of ['semantic_models', 'metrics', 'saved_queries']) file[key] = byName(file[key]);
    return file;
  };
  expect(steady(written.semantics)).toEqual(steady(readFileSync(`${fixtures}semantic-written.json`, 'utf8')));
});

test.each([
  [
    `${MODEL}\nmetrics: [{name: m, label: M, type: simple, type_params: {measure: x}}]`,
    'having a measure `x` does not',
  ],
  [
    `${MODEL}\nmetrics: [{name: m, label: M, type: odd, type_params: {measure: n}}]`,
    'type must be one of simple, ratio',
  ],
  ['metrics: [{name: m, type: simple}]', 'Simple metrics must have an agg param.'],
  ['metrics: [{name: m, type: simple, agg: sum}]', 'must be attached to semantic_model'],
  ['metrics: [{name: m, label: M, type: ratio, type_params: {numerator: x}}]', 'Both a numerator and denominator'],
  ['metrics: [{name: m, label: M, type: derived, type_params: {metrics: [x]}}]', 'The metric `x` does not exist'],
  ['metrics: [{name: m, label: M, type: derived, type_params: {metrics: [m]}}]', 'is made of itself'],
  ['metrics: [{name: 1m, label: M, type: derived, type_params: {metrics: [x]}}]', 'must begin with a letter'],
  ['saved_queries: [{name: q, query_params: {metrics: [m], group_by: []}}]', 'The metric `m` does not exist'],
  [
    "semantic_models: [{name: sales_, model: ref('a'), entities: [{name: id, type: primary}]}]",
    'Invalid name `sales_` - names may only contain lower case letters',
  ],
  ["semantic_models: [{name: s, model: ref('a'), entities: [{name: id, type: odd}]}]", 'the type of an entity must be'],
])('%s', async (yaml, message) => {
  const problems = await project(yaml).problems();
  expect(problems.map((each) => each.message).join('\n')).toContain(message);
  expect(problems.every((each) => each.at?.file.endsWith('models/s.yml'))).toBe(true);
});

test('a semantic model needs a time spine', async () => {
  const made = project(MODEL);
  made.write({ 'models/s.yml': MODEL });
  const [problem] = await made.problems();
  expect(problem?.message).toContain('requires a time spine model');
});
