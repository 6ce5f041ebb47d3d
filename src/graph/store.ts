import type { DirectedGraph } from 'graphology';
import type { GraphMember } from './types.ts';

export interface Attributes {
  [key: string]: unknown;
  node: GraphMember;
}

/** How the graph is kept. Nothing outside this room sees it. */
export type Store = DirectedGraph<Attributes>;
