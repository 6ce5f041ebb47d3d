import type { DirectedGraph } from 'graphology';

/** How the graph is kept where its order is worked out. Nothing outside this room sees it. */
export type Store = DirectedGraph;
