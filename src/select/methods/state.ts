import type { Manifest } from '../../model/index.ts';
import type { Fields } from '../state/data.ts';
import { stateMatcher } from '../state/index.ts';
import { invalidValue, type Matcher, type Search, textOf } from './search.ts';

/** Ours, beside dbt's. */
const SCHEMA = 'modified.schema';

/** Columns with other names or types; where one side's are not known, whatever is not as it was. */
function bySchema(search: Search, state: { readonly manifest: Manifest; readonly current: Manifest }): Matcher {
  const { changed, unknown } = search.columns ?? {};
  if (changed === undefined) throw invalidValue(`'state:${SCHEMA}' asks for columns, which are not known here`);
  const isModified = stateMatcher('modified', { state: { ...search.state, ...state }, warn: search.warn });
  return (node) =>
    changed.has(node.unique_id) || (unknown?.has(node.unique_id) === true && isModified(node as unknown as Fields));
}

/** What is new, or not as it was in the earlier manifest. */
export function byState(search: Search): Matcher {
  const { manifest, current } = search.state ?? {};
  if (manifest === undefined || current === undefined) {
    throw invalidValue('Got a state selector method, but no comparison manifest');
  }
  if (textOf(search) === SCHEMA) return bySchema(search, { manifest, current });
  const comparison = { state: { ...search.state, manifest, current }, warn: search.warn };
  const matches = stateMatcher(textOf(search), comparison);
  return (node) => matches(node as unknown as Fields);
}

/** The status that a node had in the earlier run_results.json. */
export function byResult(search: Search): Matcher {
  const results = search.state?.results;
  if (results === undefined) throw invalidValue('No comparison run_results');
  const wanted = textOf(search);
  const ids = new Set(results.filter(({ status }) => status === wanted).map((result) => result.unique_id));
  return (node) => ids.has(node.unique_id);
}

/** `fresher`: sources whose newest row is newer than it was, or that the earlier sources.json does not have. */
export function bySourceStatus(search: Search): Matcher {
  const { sources, currentSources } = search.state ?? {};
  if (sources === undefined) {
    throw invalidValue('No previous state comparison freshness results in sources.json');
  }
  if (currentSources === undefined) {
    throw invalidValue('No current state comparison freshness results in sources.json');
  }
  if (textOf(search) !== 'fresher') return () => false;
  return ({ unique_id: id }) => {
    const now = currentSources[id];
    const before = sources[id];
    return now !== undefined && (before === undefined || Date.parse(now) > Date.parse(before));
  };
}
