import { matchesWildcard } from '../wildcard.ts';
import { invalidValue, type Matcher, type Search, textOf } from './search.ts';

/** Everything that the named selectors of selectors.yml mean. */
export function byNamedSelector(search: Search): Matcher {
  const { selectors, within } = search;
  const wanted = textOf(search);
  if (selectors === undefined || selectors.size === 0) {
    throw invalidValue('Cannot use selector: method if selectors.yml is not provided');
  }
  const named = [...selectors].filter(([name]) => matchesWildcard(name, wanted)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (named.length === 0) throw invalidValue(`Selector '${wanted}' did not match any selector in selectors.yml`);
  const ids = new Set<string>();
  for (const [name, { spec }] of named) {
    if (within.includes(name)) {
      throw invalidValue(`Circular dependency detected in selector: ${[...within, name].join(' -> ')}`);
    }
    for (const id of search.resolve(spec, name)) ids.add(id);
  }
  return (node) => ids.has(node.unique_id);
}
