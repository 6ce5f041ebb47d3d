import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseFolder } from './project.ts';

// A project with every kind of resource, and the manifest dbt-core 1.12.6 made of it.
const folder = fileURLToPath(new URL('fixtures/shop', import.meta.url));
const expected: Sections = JSON.parse(readFileSync(new URL('fixtures/shop-manifest.json', import.meta.url), 'utf8'));

type Sections = Record<string, Record<string, unknown>>;
const VOLATILE = new Set([
  'created_at',
  'root_path',
  'generated_at',
  'invocation_id',
  'invocation_started_at',
  'run_started_at',
]);

function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (VOLATILE.has(key) ? [] : [[key, steady(item)]])),
  );
}

let manifest: Sections;
beforeAll(async () => {
  const result = await parseFolder(folder);
  manifest = JSON.parse(JSON.stringify(result.manifest));
});

test('the sections and their order', () => {
  expect(Object.keys(manifest)).toEqual(Object.keys(expected));
});

describe.each(['nodes', 'sources', 'exposures', 'groups', 'unit_tests', 'disabled'])('%s', (section) => {
  test('the same ids', () => {
    expect(Object.keys(manifest[section] ?? {}).sort()).toEqual(Object.keys(expected[section] ?? {}).sort());
  });

  test.each(Object.keys(expected[section] ?? {}))('%s', (id) => {
    expect(steady(manifest[section]?.[id])).toEqual(steady(expected[section]?.[id]));
  });
});

// The expected file lists the project's own macros and docs only.
describe.each(['macros', 'docs'])('%s of the project', (section) => {
  test.each(Object.keys(expected[section] ?? {}))('%s', (id) => {
    expect(steady(manifest[section]?.[id])).toEqual(steady(expected[section]?.[id]));
  });
});

test.each(['metadata', 'selectors', 'parent_map', 'child_map', 'group_map'])('%s', (section) => {
  expect(steady(sorted(manifest[section]))).toEqual(steady(sorted(expected[section])));
});

/** Members of a group come in order of the files, which dbt takes as the disk gives them. */
function sorted(section: Record<string, unknown> | undefined): unknown {
  const { finance, ...rest } = section ?? {};
  return { ...rest, finance: Array.isArray(finance) ? [...finance].sort() : finance };
}

test('fields come in the manifest’s order', () => {
  const order = (sections: Sections) => Object.keys((sections.nodes?.['model.shop.contracted'] ?? {}) as object);
  expect(order(manifest)).toEqual(order(expected));
  const configOrder = (sections: Sections) =>
    Object.keys(((sections.nodes?.['model.shop.contracted'] ?? {}) as { config: object }).config);
  expect(configOrder(manifest)).toEqual(configOrder(expected));
});
