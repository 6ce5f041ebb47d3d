import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;

const AFTER = 'warn_after: {count: 1, period: day}, error_after: {count: 9, period: day}';

beforeAll(async () => {
  project = await smallProject({
    'models/arrivals.sql': `{{ config(materialized='table') }}
      select now() - interval arrayJoin([2, 3, 20]) day as at, arrayJoin([1]) as id`,
    'models/seen.sql': 'select 1 as id',
    'models/sources.yml': `
sources:
  - name: raw
    schema: main
    config: {freshness: {${AFTER}}, loaded_at_field: at}
    tables:
      - {name: late, identifier: arrivals}
      - {name: stale, identifier: arrivals, config: {freshness: {filter: at < now() - interval 10 day}}}
      - {name: fresh, identifier: arrivals, config: {loaded_at_field: null, loaded_at_query: "select max(at) + interval 2 day from {{ this }}"}}
      - {name: gone, identifier: nowhere}
      - {name: unwatched, identifier: arrivals, config: {freshness: null}}
  - name: bare
    schema: main
    config: {freshness: {${AFTER}}}
    tables:
      - {name: kept, identifier: arrivals}
      - {name: viewed, identifier: seen}
`,
  });
  expect((await project.run(['run'])).code).toBe(0);
}, 120_000);
afterAll(() => project?.remove());

const results = () =>
  Object.fromEntries(
    project
      .artifact('sources.json')
      .results.map((one: { unique_id: string }) => [one.unique_id.split('.').at(-1), one]),
  );

test('each source is asked in its own way, and sources.json says how old it is', async () => {
  const { code, stdout } = await project.run(['source', 'freshness']);
  expect(code).toBe(1);
  expect(stdout).toContain('WARN freshness of raw.late');
  expect(stdout).toContain('ERROR STALE freshness of raw.stale');
  const found = results();
  expect(
    Object.entries(found)
      .map(([name, one]) => [name, (one as { status: string }).status])
      .sort(),
  ).toEqual([
    ['fresh', 'pass'],
    ['gone', 'runtime error'],
    ['kept', 'pass'],
    ['late', 'warn'],
    ['stale', 'error'],
    ['viewed', 'runtime error'],
  ]);
  // Without a column to ask for: by the parts of the table.
  expect(found['kept'].max_loaded_at_time_ago_in_s).toBeLessThan(3600);
  expect(found['viewed'].error).toContain('does not keep when rows came into main.seen (engine View)');
  expect(found['late']).toMatchObject({
    max_loaded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
    criteria: { warn_after: { count: 1, period: 'day' }, error_after: { count: 9, period: 'day' }, filter: null },
  });
  expect(found['late'].max_loaded_at_time_ago_in_s).toBeGreaterThan(2 * 86_400 - 1);
  expect(found['gone'].error).toContain('nowhere');
}, 120_000);

test('a warning is no failure, and a selection leaves out the rest', async () => {
  expect((await project.run(['source', 'snapshot-freshness', '--select', 'source:raw.late'])).code).toBe(0);
  expect(Object.keys(results())).toEqual(['late']);
}, 120_000);
