import { TsdbtError } from '../../error/index.ts';
import type { GraphMember, ProjectGraph } from '../../graph/index.ts';
import type { Event } from '../../model/index.ts';
import type { ColumnFacts, Criterion, PriorState, SelectorSpecs, Spec } from '../types.ts';

/** What a method may look at. */
export interface Search {
  readonly graph: ProjectGraph;
  readonly criterion: Criterion;
  readonly projectName: string;
  readonly selectors?: SelectorSpecs;
  readonly state?: PriorState;
  readonly columns?: ColumnFacts;
  /** Names of the selectors being resolved, outermost first: one that names itself is a circle. */
  readonly within: readonly string[];
  /** Hears of what should be said but does not stop the selection. */
  readonly warn: (event: Event) => void;
  readonly resolve: (spec: Spec, name: string) => ReadonlySet<string>;
}

/** Tells for a node whether the criterion means it. Made once for each search. */
export type Matcher = (node: GraphMember) => boolean;

/** The criterion's value as text. */
export function textOf({ criterion }: Search): string {
  return String(criterion.value);
}

export function invalidValue(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1007', message });
}
