import { type At, TsdbtError } from '../error/index.ts';
import type { FunctionNode } from '../model/index.ts';
import type { Draft, Found, Writable } from './types.ts';

export function emptyFound(): Found {
  return {
    nodes: new Map(),
    functions: new Map(),
    disabled: new Map(),
    sources: new Map(),
    macros: new Map(),
    docs: new Map(),
    exposures: new Map(),
    groups: new Map(),
    metrics: new Map(),
    semanticModels: new Map(),
    savedQueries: new Map(),
    unitTests: new Map(),
    places: new Map(),
    described: new Map(),
  };
}

/** Adds a node to the enabled or the disabled ones, as its configuration says. Throws TSD1102. */
export function addNode(found: Found, draft: Draft): void {
  if (!draft.node.config.enabled) addDisabled(found, draft);
  else if (isFunction(draft)) {
    addOnce(found.functions, draft.node.unique_id, draft, (before) => duplicate(draft, before));
  } else addOnce(found.nodes, draft.node.unique_id, draft, (before) => duplicate(draft, before));
}

function isFunction(draft: Draft): draft is Draft<Writable<FunctionNode>> {
  return draft.node.resource_type === 'function';
}

export function addDisabled(found: Found, draft: Draft): void {
  const id = draft.node.unique_id;
  const others = found.disabled.get(id) ?? [];
  found.disabled.set(id, [...others, { kind: 'node', draft }]);
}

/** Adds a value under its id. Throws what `problem` makes of the one that is there already. */
export function addOnce<T>(map: Map<string, T>, id: string, value: T, problem: (before: T) => TsdbtError): void {
  const before = map.get(id);
  if (before !== undefined) throw problem(before);
  map.set(id, value);
}

/** Nodes change sides whose properties YAML enabled or disabled them. */
export function settleEnabled(found: Found): void {
  for (const map of [found.nodes, found.functions]) {
    for (const [id, draft] of [...map]) {
      if (draft.node.config.enabled) continue;
      map.delete(id);
      addDisabled(found, draft);
    }
  }
  for (const [id, entries] of [...found.disabled]) {
    const enabled = entries.find((entry) => entry.kind === 'node' && entry.draft.node.config.enabled);
    if (enabled?.kind !== 'node') continue;
    found.disabled.delete(id);
    addNode(found, enabled.draft);
  }
}

interface Resource {
  readonly unique_id: string;
  readonly name: string;
  readonly resource_type: string;
  readonly original_file_path: string;
}

/** dbt's first sentence for two resources of one name, then which they are. */
export function sameName(a: Resource, b: Resource, at: At | undefined): TsdbtError {
  const plural = a.resource_type === b.resource_type ? pluralOf(a.resource_type) : 'resources';
  return new TsdbtError({
    code: 'TSD1102',
    message: `dbt found two ${plural} with the name "${a.name}": ${b.unique_id} (${b.original_file_path}) and ${a.unique_id} (${a.original_file_path})`,
    at,
    hint: 'change the name of one of them',
  });
}

function pluralOf(resourceType: string): string {
  return resourceType === 'analysis' ? 'analyses' : `${resourceType}s`;
}

function duplicate(draft: Draft, before: Draft): TsdbtError {
  const at = { file: draft.origin.file, line: draft.origin.linesBefore + 1, col: 1 };
  return sameName(draft.node, before.node, at);
}
