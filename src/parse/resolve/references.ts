import { type At, TsdbtError } from '../../error/index.ts';
import type { Event, ExposureNode, RefArgs, ResourceType } from '../../model/index.ts';
import { nearest } from '../../util/nearest.ts';
import type { Problems } from '../problems.ts';
import type { Draft, Found, Writable } from '../types.ts';
import type { Lookup } from './lookup.ts';
import { placeOfCall } from './place.ts';

/** Anything that refers to nodes and sources. */
interface Referrer {
  readonly unique_id: string;
  readonly resource_type: ResourceType;
  readonly package_name: string;
  readonly original_file_path: string;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
}

type PlaceOf = (word: 'ref' | 'source', name: string) => At | undefined;

/**
 * Looks up every ref and source and writes what was found into `depends_on.nodes`: sources first, as dbt does.
 * What a test cannot find is a warning and leaves the test disabled; for all others it is an error.
 */
export function resolveReferences(found: Found, lookup: Lookup, problems: Problems): void {
  for (const draft of found.nodes.values()) resolveNode(draft, lookup, problems);
  for (const draft of found.functions.values()) resolveNode(draft, lookup, problems);
  for (const exposure of found.exposures.values()) resolveExposure(exposure, found, lookup, problems);
  for (const model of found.semanticModels.values()) {
    const ids = idsOf({ ...model, sources: [] }, lookup, problems, () => found.places.get(model.unique_id)?.());
    model.depends_on = { macros: [], nodes: ids.found };
  }
}

function resolveNode(draft: Draft, lookup: Lookup, problems: Problems): void {
  const { node, origin } = draft;
  if (node.resource_type === 'seed') return;
  const code = node.raw_code;
  const ids = idsOf(node, lookup, problems, (word, name) => placeOfCall(code, origin, word, name));
  node.depends_on = { ...node.depends_on, nodes: ids.found };
  if (!ids.isComplete) node.config = { ...node.config, enabled: false };
}

function resolveExposure(node: Writable<ExposureNode>, found: Found, lookup: Lookup, problems: Problems): void {
  const ids = idsOf(node, lookup, problems, () => found.places.get(node.unique_id)?.());
  node.depends_on = { ...node.depends_on, nodes: ids.found };
}

function idsOf(
  node: Referrer,
  lookup: Lookup,
  problems: Problems,
  placeOf: PlaceOf,
): { readonly found: readonly string[]; readonly isComplete: boolean } {
  const found = new Set<string>();
  let isComplete = true;
  const miss = (target: MissingTarget): void => {
    isComplete = false;
    if (node.resource_type === 'test') problems.warn(missedByTest(node, target));
    else problems.add(notFound(node, target, placeOf, lookup));
  };
  for (const [source, table] of node.sources) {
    const target = lookup.source(`${source}.${table}`, node.package_name);
    if (target.state === 'found') found.add(target.uniqueId);
    else miss({ kind: 'source', name: `${source}.${table}`, isDisabled: target.state === 'disabled' });
  }
  for (const ref of node.refs) {
    const target = problems.attempt(
      () => lookup.ref(ref, node.package_name),
      () => placeOf('ref', ref.name),
    );
    if (target?.state === 'found') found.add(target.uniqueId);
    else if (target !== undefined) miss({ kind: 'node', name: ref.name, ref, isDisabled: target.state === 'disabled' });
  }
  return { found: [...found], isComplete };
}

interface MissingTarget {
  readonly kind: 'node' | 'source';
  readonly name: string;
  readonly ref?: RefArgs;
  readonly isDisabled: boolean;
}

/** dbt's sentence, which tools match on. */
function sentence(node: Referrer, target: MissingTarget): string {
  const version = target.ref?.version ?? null;
  const packageName = target.ref?.package ?? null;
  const title = node.resource_type.replace(/(^|_)[a-z]/g, (letter) => letter.toUpperCase());
  return [
    `${title} '${node.unique_id}' (${node.original_file_path}) depends on a ${target.kind} named '${target.name}'`,
    version === null ? '' : ` with version '${version}'`,
    packageName === null ? '' : ` in package or project '${packageName}'`,
    target.isDisabled ? ' which is disabled' : ' which was not found',
  ].join('');
}

function notFound(node: Referrer, target: MissingTarget, placeOf: PlaceOf, lookup: Lookup): TsdbtError {
  const known = target.kind === 'source' ? lookup.sourceNames() : lookup.refNames();
  const near = target.isDisabled ? undefined : nearest(target.name, known);
  const word = target.kind === 'source' ? 'source' : 'ref';
  const name = target.kind === 'source' ? target.name.slice(target.name.indexOf('.') + 1) : target.name;
  return new TsdbtError({
    code: 'TSD1103',
    message: sentence(node, target),
    at: placeOf(word, name),
    hint: near === undefined ? undefined : `Did you mean '${near}'?`,
  });
}

function missedByTest(node: Referrer, target: MissingTarget): Event {
  return {
    name: target.isDisabled ? 'InvalidDisabledTargetInTestNode' : 'NodeNotFoundOrDisabled',
    data: {
      unique_id: node.unique_id,
      resource_type_title: 'Test',
      original_file_path: node.original_file_path,
      target_kind: target.kind,
      target_name: target.name,
      target_package: target.ref?.package ?? '',
      disabled: target.isDisabled ? 'True' : 'False',
    },
    ...(target.isDisabled && { level: 'debug' as const }),
  };
}
