import { type Loose, record, text } from './loose.ts';

const FIELDS = ['fqn', 'original_file_path', 'patch_path', 'access', 'group', 'version', 'source_name'];
const TEST_FIELDS = ['test_metadata', 'latest_version'];

/** What dbt's selectors ask of a node beyond the core, so that `src/select` itself can run in the browser. */
export function selectableOf(node: Loose): Loose {
  const kept: Record<string, unknown> = {};
  for (const field of FIELDS) if (node[field] !== undefined && node[field] !== null) kept[field] = node[field];
  for (const field of TEST_FIELDS) {
    if (field === 'test_metadata') {
      const { name, namespace } = record(node[field]);
      if (text(name) !== '') kept[field] = { name, namespace: namespace ?? null };
    } else if (node[field] !== undefined && node[field] !== null) kept[field] = node[field];
  }
  const { fqn, name } = node;
  if (Array.isArray(fqn) && fqn.at(-1) === name && node['resource_type'] !== 'source')
    kept['fqn'] = [...fqn.slice(0, -1), ''];
  const config = Object.entries(record(node['config'])).filter(([, value]) => !isNothing(value));
  if (config.length > 0) kept['config'] = Object.fromEntries(config);
  return kept;
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
