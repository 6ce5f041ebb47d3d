import type { Manifest } from '../../model/index.ts';
import type { Finding, TypedNode } from '../types.ts';
import { compareNodes } from './compare.ts';
import { type Consumer, type Impact, impactOf } from './impact.ts';
import { type Changes, reach, what } from './render-changes.ts';

export interface ChangesInput {
  readonly against: string;
  /** What the other state's nodes are: its `column_lineage.json`, or its compiled SQL typed anew. */
  readonly before: ReadonlyMap<string, TypedNode>;
  readonly after: ReadonlyMap<string, TypedNode>;
  readonly prior: Manifest;
  readonly manifest: Manifest;
  readonly consumers: readonly Consumer[];
  /** unique_ids to speak of. */
  readonly chosen: ReadonlySet<string>;
}

/** What changed since another state of the project, and whom it hits. */
export function changesSince(input: ChangesInput): Changes {
  const { against, manifest, prior, consumers } = input;
  const isMeant = (id: string): boolean => /^(?:model|snapshot|seed|source)\./.test(id) && isAsked(input, id);
  const before = kept(input.before, (id) => isMeant(id) || manifestHas(manifest, id));
  const after = kept(input.after, (id) => isMeant(id));
  const changes = compareNodes(kept(before, isMeant), after);
  const unknown = [...after].filter(([id, { state }]) => isKnownOnce(state, before.get(id)?.state)).map(([id]) => id);
  const impacts = impactOf(changes, { before: input.before, after: input.after }, consumers);
  const touched = new Set([...changes.map(({ node }) => node), ...unknown]);
  const reworded = [...after.keys()].filter((id) => !touched.has(id) && codeOf(prior, id) !== codeOf(manifest, id));
  return { against, impacts, reworded, unknown };
}

/** Nodes that are gone are spoken of where everything is. */
function isAsked({ chosen, manifest }: ChangesInput, id: string): boolean {
  return chosen.has(id) || id.startsWith('source.') || !manifestHas(manifest, id);
}

function manifestHas(manifest: Manifest, id: string): boolean {
  return manifest.nodes[id] !== undefined || manifest.sources[id] !== undefined;
}

function isKnownOnce(now: TypedNode['state'], was: TypedNode['state'] | undefined): boolean {
  return was !== undefined && (now !== 'typed' || was !== 'typed');
}

function kept<T>(all: ReadonlyMap<string, T>, keep: (id: string) => boolean): ReadonlyMap<string, T> {
  return new Map([...all].filter(([id]) => keep(id)));
}

function codeOf(manifest: Manifest, id: string): string | undefined {
  const node = manifest.nodes[id];
  return node === undefined ? undefined : 'raw_code' in node ? String(node.raw_code) : undefined;
}

/** Breaking changes as findings: an error where someone outside of the project's SQL reads what is gone, else a warning. */
export function breakingFindings({ impacts }: Changes, manifest: Manifest, prior: Manifest): readonly Finding[] {
  return impacts
    .filter(({ change }) => change.class === 'breaking')
    .map((impact): Finding => {
      const { node: id, column } = impact.change;
      const node = manifest.nodes[id] ?? manifest.sources[id] ?? prior.nodes[id] ?? prior.sources[id];
      const reached = reach(impact);
      return {
        code: 'TSD4010',
        severity: isRead(impact, manifest) ? 'error' : 'warn',
        uniqueId: id,
        subject: column === undefined ? (node?.name ?? id) : `${node?.name ?? id}.${column}`,
        message: `${what(impact).replace(/^\S+ /, '')}${reached === '' ? '' : `; reaches ${reached}`}`,
        at: { file: node?.original_file_path ?? '', line: 1, col: 0 },
        hint: 'Keep what is read beside the new, deprecate it, and take it away when nobody reads it.',
      };
    });
}

/** By an exposure, by a sync, by whoever holds a contract or may read a public model. */
function isRead({ change, consumers }: Impact, manifest: Manifest): boolean {
  const node = manifest.nodes[change.node];
  const isPromised = node?.resource_type === 'model' && (node.contract.enforced || node.config['access'] === 'public');
  return consumers.length > 0 || isPromised;
}
