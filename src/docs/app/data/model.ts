import type { Core, CoreHead, CoreNode } from '../../format/core.ts';
import type { NodeDetail } from '../../format/detail.ts';
import { chunkData } from './chunks.ts';

/** The core with what follows from it. */
export interface Model {
  readonly head: CoreHead;
  readonly nodes: readonly CoreNode[];
  readonly byId: ReadonlyMap<string, number>;
  /** Nodes that read each node, by index. */
  readonly children: readonly (readonly number[])[];
  /** How many nodes the map shows: they come first. */
  readonly onMap: number;
}

export function modelOf({ head, nodes }: Core): Model {
  const children: number[][] = nodes.map(() => []);
  nodes.forEach((node, index) => {
    for (const parent of node.parents) children[parent]?.push(index);
  });
  const onMap = nodes.findIndex(({ rank }) => rank < 0);
  return {
    head,
    nodes,
    byId: new Map(nodes.map(({ id }, index) => [id, index])),
    children,
    onMap: onMap < 0 ? nodes.length : onMap,
  };
}

/** Everything that its page shows of one node. */
export async function detailOf({ head }: Model, index: number): Promise<NodeDetail> {
  const details = await chunkData<readonly NodeDetail[]>(`node-${Math.floor(index / head.perChunk)}`);
  const found = details[index % head.perChunk];
  if (found === undefined)
    throw new Error('This page and its data do not belong together. Generate the documentation again.');
  return found;
}

export const isTest = ({ type }: CoreNode): boolean => type === 'test' || type === 'unit_test';
