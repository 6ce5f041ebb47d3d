import type { ProjectGraph } from '../graph/index.ts';
import type { Event } from '../model/index.ts';
import { incorporate, withTests } from './indirect.ts';
import { relatedByColumn } from './methods/column.ts';
import { search } from './methods/index.ts';
import type { ColumnFacts, Criterion, PriorState, SelectorSpecs, Spec, SpecGroup } from './types.ts';

export interface SelectionRequest {
  readonly graph: ProjectGraph;
  readonly spec: Spec;
  /** Name of the root project: what `package:this` means. */
  readonly projectName: string;
  /** Types that the command works on; without it every type. Applied last, after the graph operators. */
  readonly resourceTypes?: ReadonlySet<string>;
  /** `ls` lists nodes without code too. */
  readonly includeEmpty?: boolean;
  /** For the method `selector`. */
  readonly selectors?: SelectorSpecs;
  readonly state?: PriorState;
  /** For the method `column` and `state:modified.schema`: see asksForColumns. */
  readonly columns?: ColumnFacts;
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** One NoNodesForSelectionCriteria for each criterion that matched nothing, and contracts that were broken. */
  readonly warnings: readonly Event[];
}

/** Chosen for themselves, and those that come along: the second set keeps tests whose other parents may yet be chosen. */
interface Pair {
  readonly direct: ReadonlySet<string>;
  readonly indirect: ReadonlySet<string>;
}

/** The unique_ids that a selection means. Pure. Throws TSD1007 for criteria that mean nothing. */
export function select(request: SelectionRequest): Selection {
  const warnings: Event[] = [];
  const { direct } = evaluate(request, request.spec, warnings, []);
  return { ids: filterByType(request, direct), warnings };
}

/** Whether a selection can only be told by who knows the columns of nodes. */
export function asksForColumns(spec: Spec, selectors: SelectorSpecs): boolean {
  if (spec.kind !== 'criterion') return spec.parts.some((part) => asksForColumns(part, selectors));
  const { method, value } = spec;
  if (method === 'column' || (method === 'state' && value === 'modified.schema')) return true;
  const named = method === 'selector' ? selectors.get(String(value))?.spec : undefined;
  return named !== undefined && asksForColumns(named, new Map([...selectors].filter(([name]) => name !== value)));
}

function filterByType(request: SelectionRequest, ids: Iterable<string>): Set<string> {
  const { graph, resourceTypes, includeEmpty = false } = request;
  const kept = [...ids].filter((id) => {
    const node = graph.node(id);
    if (resourceTypes !== undefined && !resourceTypes.has(node.resource_type)) return false;
    return (
      includeEmpty || !('raw_code' in node) || node.resource_type === 'seed' || String(node.raw_code).trim() !== ''
    );
  });
  return new Set(kept);
}

function evaluate(request: SelectionRequest, spec: Spec, warnings: Event[], within: readonly string[]): Pair {
  if (spec.kind === 'criterion') return evaluateCriterion(request, spec, warnings, within);
  const pairs = spec.parts.map((part) => evaluate(request, part, warnings, within));
  const direct = combine(
    spec.kind,
    pairs.map((pair) => pair.direct),
  );
  const indirect = combine(
    spec.kind,
    pairs.map((pair) => union([pair.direct, pair.indirect])),
  );
  const chosen = incorporate(request.graph, direct, indirect, spec.indirect);
  if (spec.expectExists && chosen.size === 0) {
    warnings.push({ name: 'NoNodesForSelectionCriteria', data: { spec_raw: spec.raw } });
  }
  return { direct: chosen, indirect };
}

function evaluateCriterion(
  request: SelectionRequest,
  criterion: Criterion,
  warnings: Event[],
  within: readonly string[],
): Pair {
  const { graph } = request;
  const resolve = (spec: Spec, name: string): ReadonlySet<string> =>
    filterByType(request, evaluate(request, spec, warnings, [...within, name]).direct);
  const warn = (event: Event) => {
    // The same comparison may be asked for twice in one selection.
    if (!warnings.some((known) => JSON.stringify(known) === JSON.stringify(event))) warnings.push(event);
  };
  const matched = search({ ...request, criterion, within, resolve, warn });
  const related =
    criterion.method === 'column'
      ? (['up', 'down'] as const).map((direction) => relatedByColumn({ ...request, criterion }, direction))
      : [relatives(graph, criterion, matched)];
  const selected = union([matched, ...related]);
  // A named selector has already decided which tests come along.
  if (criterion.indirect === 'empty' || criterion.method === 'selector') {
    return { direct: selected, indirect: new Set() };
  }
  return withTests(graph, selected, criterion.indirect);
}

function relatives(graph: ProjectGraph, criterion: Criterion, matched: ReadonlySet<string>): ReadonlySet<string> {
  const found: ReadonlySet<string>[] = [];
  if (criterion.childrensParents) {
    const below = union([matched, graph.descendants(matched)]);
    found.push(below, graph.ancestors(below));
  }
  if (criterion.parents) found.push(graph.ancestors(matched, criterion.parentsDepth ?? undefined));
  if (criterion.children) found.push(graph.descendants(matched, criterion.childrenDepth ?? undefined));
  return union(found);
}

function combine(kind: SpecGroup['kind'], sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...rest] = sets;
  if (first === undefined) return new Set();
  if (kind === 'union') return union(sets);
  const wanted = kind === 'intersection';
  return new Set([...first].filter((id) => rest.every((set) => set.has(id) === wanted)));
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const set of sets) for (const id of set) all.add(id);
  return all;
}
