/** Chunk `lineage`: what each column comes from, one step back. Numbers are places in the lists; nodes are the core's. */
export interface LineageData {
  readonly columns: readonly string[];
  readonly kinds: readonly string[];
  readonly nodes: Readonly<Record<string, NodeLineage>>;
}

/** A column of another node, and what it is used for. */
export type Use = readonly [node: number, column: number, kind: number];

export interface NodeLineage {
  readonly c: readonly ColumnLineage[];
  /** What decides which rows there are. */
  readonly r: readonly Use[];
}

/** `line`: of the template, from 1, that gives the column its value; 0 where it is not known. */
export type ColumnLineage = readonly [column: number, uses: readonly Use[], line: number];
