import type { Data, DataMap } from '../../util/data.ts';
import type { YamlPath } from '../yaml/schema-file.ts';
import { mapOr, maps, tagsOf } from '../yaml/values.ts';
import type { Version } from '../yaml/versions.ts';

/** One entry of `data_tests` with the column it stands under, if any. */
export interface TestEntry {
  readonly written: Data;
  readonly column: DataMap | null;
  readonly tags: readonly string[];
  /** Where it stands in its file. */
  readonly path: YamlPath;
}

/** Tests of columns first, then those of the whole: dbt's order. */
export function testEntries(owner: DataMap, path: YamlPath): readonly TestEntry[] {
  const columns = maps(owner.columns).flatMap((column, index) => columnTests(column, [...path, 'columns', index]));
  const own = listed(owner.data_tests).map((written, index) => ({
    written,
    column: null,
    tags: [],
    path: [...path, 'data_tests', index],
  }));
  return [...columns, ...own];
}

/** The same for one version of a model. */
export function versionTests(version: Version, path: YamlPath): readonly TestEntry[] {
  return testEntries({ columns: version.columns, data_tests: version.tests }, path);
}

function columnTests(column: DataMap, path: YamlPath): readonly TestEntry[] {
  const tags = [...tagsOf(column.tags), ...tagsOf(mapOr(column.config).tags)];
  return listed(column.data_tests).map((written, index) => ({
    written,
    column,
    tags,
    path: [...path, 'data_tests', index],
  }));
}

function listed(value: Data | undefined): readonly Data[] {
  return Array.isArray(value) ? value : [];
}
