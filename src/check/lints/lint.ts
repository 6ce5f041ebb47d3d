import type { ErrorCode } from '../../error/index.ts';
import type { TreeNode } from '../lineage/tree.ts';

/** What a lint looks at: one query as the engine understands it. */
export interface Linted {
  readonly tree: TreeNode;
  /** The query adds to a table that is there. */
  readonly isIncrement: boolean;
  /** Engine of a table of the project; undefined where another makes it. */
  engineOf(relation: string): string | undefined;
}

/** Something ClickHouse does that its writer may not have meant. */
export interface Hit {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  /** Where it stands in the SQL, as far as a pattern can say; the first that is found. */
  readonly places: readonly RegExp[];
}

export type Lint = (linted: Linted) => readonly Hit[];

/** Every node of a tree, parents first. */
export function* nodesOf(node: TreeNode): Generator<TreeNode> {
  yield node;
  for (const { nodes } of node.sections) for (const part of nodes) yield* nodesOf(part);
}

/** A name as a part of a pattern. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
