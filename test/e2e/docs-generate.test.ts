import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;

beforeAll(async () => {
  project = await smallProject({
    'dbt_project.yml': 'name: small\nversion: "1.0"\nprofile: small\nasset-paths: [assets, ..]\n',
    'models/orders.sql': "{{ config(materialized='table') }} select 1 as id, 'a' as name",
    'models/seen.sql': "select id from {{ ref('orders') }}",
    'models/inner.sql': "{{ config(materialized='ephemeral') }} select 1 as one",
    'models/sources.yml': 'sources: [{name: raw, schema: main, tables: [{name: things, identifier: orders}]}]',
    'models/orders.yml': 'models: [{name: orders, description: All of them, config: {persist_docs: {relation: true}}}]',
    'assets/note.txt': 'beside the documentation',
  });
  expect((await project.run(['run'])).code).toBe(0);
}, 120_000);
afterAll(() => project?.remove());

test('catalog.json has the columns of nodes and sources as the database knows them', async () => {
  const { code, stdout } = await project.run(['docs', 'generate']);
  expect(code).toBe(0);
  expect(stdout).toContain('Catalog written to ');
  const { nodes, sources, errors } = project.artifact('catalog.json');
  expect(errors).toBeNull();
  expect(Object.keys(nodes).sort()).toEqual(['model.small.orders', 'model.small.seen']);
  expect(nodes['model.small.orders']).toMatchObject({
    metadata: { type: 'table', schema: 'main', name: 'orders', database: '', comment: 'All of them', owner: null },
    columns: {
      id: { type: 'UInt8', index: 1, name: 'id', comment: null },
      name: { type: 'String', index: 2, name: 'name', comment: null },
    },
    stats: { has_stats: { id: 'has_stats', value: false, include: false } },
    unique_id: 'model.small.orders',
  });
  expect(nodes['model.small.seen'].metadata.type).toBe('view');
  expect(Object.keys(sources)).toEqual(['source.small.raw.things']);
  expect(existsSync(join(project.dir, 'target/assets/note.txt'))).toBe(true);
}, 120_000);

test('a selection leaves out the rest, sources too', async () => {
  expect((await project.run(['docs', 'generate', '--select', 'seen'])).code).toBe(0);
  const { nodes, sources } = project.artifact('catalog.json');
  expect([...Object.keys(nodes), ...Object.keys(sources)]).toEqual(['model.small.seen']);
}, 120_000);

test('--no-compile writes the catalog alone, --empty-catalog asks nothing', async () => {
  rmSync(join(project.dir, 'target/manifest.json'));
  expect((await project.run(['docs', 'generate', '--no-compile'])).code).toBe(0);
  expect(existsSync(join(project.dir, 'target/manifest.json'))).toBe(false);
  expect(Object.keys(project.artifact('catalog.json').nodes)).toHaveLength(2);
  expect((await project.run(['docs', 'generate', '--empty-catalog'])).code).toBe(0);
  expect(project.artifact('catalog.json')).toMatchObject({ nodes: {}, sources: {} });
}, 120_000);

test('a model that does not compile ends it, as it ends dbt', async () => {
  project.write({ 'models/bad.sql': "{{ exceptions.raise_compiler_error('no') if execute }}" });
  const { code, stdout } = await project.run(['docs', 'generate']);
  expect(code).toBe(2);
  expect(stdout).toContain('Compilation Error in model bad (models/bad.sql)');
}, 120_000);
