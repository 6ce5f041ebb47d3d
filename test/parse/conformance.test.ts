import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFolder } from './project.ts';

// Projects, and the manifests dbt-core 1.12.6 made of them (with only the projects' own macros and docs).
// shop: every kind of resource. nasty: what configuration, tests, versions and sources can be. packages: two packages.
// semantic: metrics, semantic models and saved queries, written both ways, and a function.
// settings: each level of configuration over the others. coerced: values of other types than dbt's classes have. texts: what rendering
// makes of YAML. snapshots: written in YAML and in blocks. functions, selectors: what each may say. overridden: a package's macros, sources and
// settings by those of the root.
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

type Sections = Record<string, Record<string, unknown>>;
const VOLATILE = new Set([
  'created_at',
  'root_path',
  'generated_at',
  'invocation_id',
  'invocation_started_at',
  'run_started_at',
  'send_anonymous_usage_stats',
]);

function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, steady(item)]));
}

const PROJECTS = [
  'shop',
  'nasty',
  'packages',
  'semantic',
  'settings',
  'coerced',
  'texts',
  'snapshots',
  'functions',
  'selectors',
  'overridden',
];
describe.each(PROJECTS)('%s', (name) => {
  const expected: Sections = JSON.parse(readFileSync(join(fixtures, `${name}-manifest.json`), 'utf8'));
  let folder: string;
  let manifest: Sections;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsdbt-conformance-'));
    cpSync(join(fixtures, name), folder, { recursive: true });
    const result = await parseFolder(folder);
    manifest = JSON.parse(JSON.stringify(result.manifest));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the sections and their order', () => {
    expect(Object.keys(manifest)).toEqual(Object.keys(expected));
  });

  describe.each([
    ...['nodes', 'sources', 'exposures', 'groups', 'unit_tests', 'disabled'],
    ...['metrics', 'semantic_models', 'saved_queries', 'functions'],
  ])('%s', (section) => {
    test('the same ids', () => {
      expect(Object.keys(manifest[section] ?? {}).sort()).toEqual(Object.keys(expected[section] ?? {}).sort());
    });

    test.each(Object.keys(expected[section] ?? {}))('%s', (id) => {
      expect(steady(manifest[section]?.[id])).toEqual(steady(expected[section]?.[id]));
    });
  });

  // A project may have none of its own.
  const written = ['macros', 'docs'].filter((section) => Object.keys(expected[section] ?? {}).length > 0);
  describe.each(written)('%s', (section) => {
    test.each(Object.keys(expected[section] ?? {}))('%s', (id) => {
      expect(steady(manifest[section]?.[id])).toEqual(steady(expected[section]?.[id]));
    });
  });

  test.each(['metadata', 'selectors', 'parent_map', 'child_map'])('%s', (section) => {
    expect(steady(manifest[section])).toEqual(steady(expected[section]));
  });

  test('group_map, but for the order, which dbt takes from the disk', () => {
    const sorted = (map: Record<string, unknown> = {}) =>
      Object.entries(map).map(([group, members]) => [group, [...(members as string[])].sort()]);
    expect(sorted(manifest.group_map)).toEqual(sorted(expected.group_map));
  });

  test('fields come in the manifest’s order', () => {
    const [id = ''] = Object.keys(expected.nodes ?? {}).filter((each) => each.startsWith('model.'));
    expect(Object.keys(manifest.nodes?.[id] as object)).toEqual(Object.keys(expected.nodes?.[id] as object));
  });
});
