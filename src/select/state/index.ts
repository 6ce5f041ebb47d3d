import { TsdbtError } from '../../error/index.ts';
import type { Event, Manifest } from '../../model/index.ts';
import type { PriorState } from '../types.ts';
import { type ContractChange, contractChange, removedContract } from './contract.ts';
import type { Fields } from './data.ts';
import { macroChanges } from './macros.ts';
import { type Aspect, hasAspect, isNode, isSameAspect, isSameContents } from './same.ts';

const KINDS = [
  ...['new', 'old', 'modified', 'unmodified', 'modified.body', 'modified.configs', 'modified.persisted_descriptions'],
  ...['modified.relation', 'modified.macros', 'modified.contract'],
];

/** A comparison of the project with an earlier manifest. */
export interface Comparison {
  readonly state: PriorState & { readonly manifest: Manifest; readonly current: Manifest };
  /** Hears of contracts broken by unversioned models. */
  readonly warn: (event: Event) => void;
}

/** Tells for a node whether it is `new`, `modified.body` and so on. Throws TSD1007 for another kind, TSD1101 for a broken contract. */
export function stateMatcher(kind: string, comparison: Comparison): (node: Fields) => boolean {
  const { manifest, current } = comparison.state;
  if (!KINDS.includes(kind)) {
    const message = `Got an invalid selector "${kind}", expected one of "${KINDS.join(', ')}"`;
    throw new TsdbtError({ code: 'TSD1007', message });
  }
  const before = (node: Fields) => previous(manifest, String(node['unique_id']));
  if (kind === 'new') return (node) => before(node) === undefined;
  if (kind === 'old') return (node) => before(node) !== undefined;
  const aspect = kind.split('.')[1];
  const hasMacroChanges = macroChanges(current.macros, manifest.macros);
  if (aspect === 'macros') return hasMacroChanges;
  if (aspect !== undefined && aspect !== 'contract') return aspectMatcher(aspect as Aspect, before);
  complainOfRemoved(comparison);
  const isSameContract = contracts(comparison);
  if (aspect === 'contract') return (node) => isNode(node) && !isSameContract(node, before(node));
  const isModified = (node: Fields) => {
    const was = before(node);
    const hasSameContract = was === undefined || isSameContract(node, was);
    return !isSameContents(node, was) || hasMacroChanges(node) || !hasSameContract;
  };
  return kind === 'modified' ? isModified : (node) => !isModified(node);
}

function aspectMatcher(aspect: Aspect, before: (node: Fields) => Fields | undefined): (node: Fields) => boolean {
  return (node) => {
    const was = before(node);
    return was === undefined ? hasAspect(aspect, node) : isSameAspect(aspect, node, was) === false;
  };
}

/** Whether a contract is as it was; a new node's is not. A broken one is a warning, of a versioned model an error. */
function contracts({ state, warn }: Comparison): (node: Fields, was: Fields | undefined) => boolean {
  const enforced = new Set(state.enforcedConstraints ?? ['check']);
  return (node, was) => {
    if (was === undefined) return false;
    const change: ContractChange = contractChange(node, was, enforced);
    if (change.breaking.length > 0) complain(node, change.breaking, warn);
    return change.isSame;
  };
}

function complainOfRemoved({ state, warn }: Comparison): void {
  const { manifest, current } = state;
  for (const [id, before] of Object.entries(manifest.nodes)) {
    if (id in current.nodes) continue;
    const disabled = current.disabled[id]?.[0];
    const removed = (disabled ?? before) as unknown as Fields;
    const reason = removedContract(removed, disabled !== undefined, state.now);
    if (reason !== null) complain(removed, [reason], warn);
  }
}

function complain(node: Fields, breaking: readonly string[], warn: (event: Event) => void): void {
  const file = String(node['original_file_path']);
  if (node['version'] == null) {
    const data = { breaking_changes: breaking, model_name: node['name'], model_file_path: file };
    warn({ name: 'UnversionedBreakingChange', data });
    return;
  }
  throw new TsdbtError({
    code: 'TSD1101',
    message: `While comparing to previous project state, dbt detected a breaking change to an enforced contract.\n  - ${breaking.join('\n  - ')}`,
    at: { file, line: 1, col: 0 },
    hint: 'Make an additive change instead, or create a new version of the model.',
  });
}

/** The node of the earlier manifest, wherever it is kept there. */
function previous(manifest: Manifest, id: string): Fields | undefined {
  const groups: readonly (Fields | undefined)[] = [
    manifest.nodes,
    manifest.sources,
    manifest.exposures,
    manifest.metrics,
    manifest.semantic_models,
    manifest.unit_tests,
    manifest.saved_queries,
    manifest.functions,
  ];
  return groups.find((group) => group?.[id] !== undefined)?.[id] as Fields | undefined;
}
