import type { KeyPath } from '../render/map.ts';

const HOOKS = ['pre-hook', 'post-hook', 'pre_hook', 'post_hook'];

/** Texts of dbt_project.yml that stay templates: hooks and comments are rendered for each node, variables when used, flags never. */
export function isRenderedLate(path: KeyPath): boolean {
  const [first] = path;
  if (first === 'on-run-start' || first === 'on-run-end' || first === 'query-comment') return true;
  if (first === 'vars' || first === 'flags') return true;
  if (!['models', 'seeds', 'snapshots', 'tests', 'data_tests'].includes(String(first))) return false;
  return path.some((key) => typeof key === 'string' && HOOKS.includes(key.replace(/^[+ ]+/, '')));
}
