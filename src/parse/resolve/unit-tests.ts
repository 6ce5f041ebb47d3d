import { TsdbtError } from '../../error/index.ts';
import type { ModelNode, UnitTestNode } from '../../model/index.ts';
import { type Data, isDataMap } from '../../util/data.ts';
import { nearest } from '../../util/nearest.ts';
import type { Problems } from '../problems.ts';
import type { Found, Writable } from '../types.ts';
import type { Lookup } from './lookup.ts';

type UnitTest = Writable<UnitTestNode>;

/** Finds the model each unit test is of. Of a versioned model each version gets a test of its own. */
export function resolveUnitTests(found: Found, lookup: Lookup, problems: Problems): void {
  for (const test of [...found.unitTests.values()]) {
    const at = found.places.get(test.unique_id);
    problems.attempt(() => resolve(test, found, lookup), at);
  }
}

function resolve(test: UnitTest, found: Found, lookup: Lookup): void {
  const [name = '', version = null] = test.model.split(/\s+/);
  const id = lookup.attached(name, test.package_name, version);
  const node = id === undefined ? undefined : found.nodes.get(id)?.node;
  if (id === undefined) throw noModel(test, lookup);
  if (node?.resource_type !== 'model' || !test.config.enabled) {
    // A test of a disabled model is disabled itself.
    found.unitTests.delete(test.unique_id);
    test.config = { ...test.config, enabled: false };
    found.disabled.set(test.unique_id, [{ kind: 'other', value: test }]);
    return;
  }
  test.depends_on = { macros: [], nodes: [id] };
  test.schema = node.schema;
  checkIncremental(test, node);
  if (node.version !== null) eachVersion(test, node, found);
  else if (isDataMap(test.versions)) {
    throw invalid(
      `Unit test '${test.name}' should not have a versions include or exclude when referencing non-versioned model '${node.name}'`,
    );
  }
}

function noModel(test: UnitTest, lookup: Lookup): TsdbtError {
  const near = nearest(test.model, lookup.refNames());
  return new TsdbtError({
    code: 'TSD1103',
    message: `Unable to find model '${test.package_name}.${test.model}' for unit test '${test.name}' in ${test.original_file_path}`,
    hint: near === undefined ? undefined : `Did you mean '${near}'?`,
  });
}

function checkIncremental(test: UnitTest, node: Writable<ModelNode>): void {
  if (!node.depends_on.macros.includes('macro.dbt.is_incremental')) return;
  const macros = isDataMap(test.overrides) ? (test.overrides.macros ?? null) : null;
  const override = isDataMap(macros) ? (macros.is_incremental ?? null) : null;
  if (typeof override !== 'boolean') {
    throw invalid(
      `Boolean override for 'is_incremental' must be provided for unit test '${test.name}' in model '${node.name}'`,
    );
  }
  if (override && !test.given.some((input) => input.input === 'this')) {
    throw invalid(`Unit test '${test.name}' for incremental model '${node.name}' must have a 'this' input`);
  }
}

function eachVersion(test: UnitTest, model: Writable<ModelNode>, found: Found): void {
  const wanted = versionFilter(test.versions);
  const models = [...found.nodes.values()].flatMap(({ node }) =>
    node.resource_type === 'model' && node.name === model.name && node.package_name === model.package_name
      ? [node]
      : [],
  );
  const chosen = models.filter((node) => node.version !== null && wanted(node.version));
  if (chosen.length === 0) {
    throw invalid(`Unit test '${test.name}' referenced a version of '${model.name}' which was not found.`);
  }
  found.unitTests.delete(test.unique_id);
  for (const node of chosen) {
    const id = `unit_test.${test.package_name}.${test.model}.${test.name}_v${node.version}`;
    found.unitTests.set(id, {
      ...test,
      unique_id: id,
      depends_on: { macros: [], nodes: [node.unique_id] },
      version: node.version,
    });
  }
}

function versionFilter(versions: Data): (version: string | number) => boolean {
  if (!isDataMap(versions)) return () => true;
  const { include = null, exclude = null } = versions;
  if (Array.isArray(exclude) && exclude.length > 0) return (version) => !exclude.includes(version);
  return (version) => Array.isArray(include) && include.includes(version);
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
