import { type DataMap, isDataMap } from '../../util/data.ts';
import type { WrittenSource } from './read-all.ts';
import { maps } from './values.ts';

/**
 * Sources with `overrides: <package>` change the words of that package's source of the same name. dbt calls this
 * deprecated, but reads it.
 */
export function withOverrides(sources: readonly WrittenSource[]): readonly WrittenSource[] {
  const overrides = sources.filter(({ source }) => typeof source.overrides === 'string');
  if (overrides.length === 0) return sources;
  return sources.flatMap((written) => {
    if (overrides.includes(written)) return [];
    const { packageName } = written.entry.file.entry;
    const own = overrides.find(({ source }) => source.overrides === packageName && source.name === written.source.name);
    return [own === undefined ? written : { ...written, source: overridden(written.source, own.source) }];
  });
}

function overridden(source: DataMap, patch: DataMap): DataMap {
  const { name: _, overrides: __, tables: ___, ...words } = patch;
  const tablePatches = maps(patch.tables);
  const tables = maps(source.tables).map((table) => {
    const own = tablePatches.find((each) => each.name === table.name);
    return isDataMap(own) ? { ...table, ...own } : table;
  });
  return { ...source, ...words, tables };
}
