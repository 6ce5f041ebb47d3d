import { byColumn } from './column.ts';
import { byConfig } from './config.ts';
import { byFile, byPath } from './files.ts';
import { byFqn } from './fqn.ts';
import { byAccess, byGroup, byPackage, byPackageAndName, byResourceType, bySource, byTag } from './identity.ts';
import { byNamedSelector } from './named.ts';
import type { MethodName } from './names.ts';
import type { Matcher, Search } from './search.ts';
import { byResult, bySourceStatus, byState } from './state.ts';
import { byTestName, byTestType } from './tests.ts';
import { byVersion } from './version.ts';

const METHODS: Readonly<Record<MethodName, (search: Search) => Matcher>> = {
  fqn: byFqn,
  tag: byTag,
  group: byGroup,
  access: byAccess,
  source: bySource,
  path: byPath,
  file: byFile,
  package: byPackage,
  config: byConfig,
  test_name: byTestName,
  test_type: byTestType,
  resource_type: byResourceType,
  state: byState,
  exposure: byPackageAndName('exposure'),
  metric: byPackageAndName('metric'),
  semantic_model: byPackageAndName('semantic_model'),
  saved_query: byPackageAndName('saved_query'),
  unit_test: byPackageAndName('unit_test'),
  result: byResult,
  source_status: bySourceStatus,
  version: byVersion,
  selector: byNamedSelector,
  sync: byPackageAndName('sync'),
  column: byColumn,
};

/** All nodes that one criterion names, before its graph operators. */
export function search(given: Search): Set<string> {
  const matches = METHODS[given.criterion.method as MethodName](given);
  return new Set(given.graph.ids.filter((id) => matches(given.graph.node(id))));
}
