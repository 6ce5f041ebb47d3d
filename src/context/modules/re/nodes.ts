/** What a pattern is made of. `test` tells whether a character, given by its code, fits. */
export type Node =
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'test'; readonly test: CharTest }
  | { readonly kind: 'at'; readonly holds: PlaceTest }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number; readonly mode: Mode }
  | { readonly kind: 'group'; readonly group: number; readonly body: Node }
  | { readonly kind: 'reference'; readonly group: number; readonly fold: boolean }
  | { readonly kind: 'look'; readonly body: Node; readonly behind: boolean; readonly negated: boolean }
  | { readonly kind: 'atomic'; readonly body: Node }
  | { readonly kind: 'condition'; readonly group: number; readonly yes: Node; readonly no: Node };

export type Mode = 'greedy' | 'lazy' | 'possessive';
export type CharTest = (code: number) => boolean;
/** `end`: where the text ends for this search. */
export type PlaceTest = (codes: ArrayLike<number>, at: number, end: number) => boolean;

/** How many characters a node can match: at least and at most. */
export function widthOf(node: Node, groups: ReadonlyMap<number, Node>): readonly [number, number] {
  switch (node.kind) {
    case 'char':
    case 'test':
      return [1, 1];
    case 'at':
    case 'look':
      return [0, 0];
    case 'sequence':
      return node.items
        .map((item) => widthOf(item, groups))
        .reduce((all, one) => [all[0] + one[0], all[1] + one[1]], [0, 0]);
    case 'choice':
      return widest(node.branches.map((branch) => widthOf(branch, groups)));
    case 'condition':
      return widest([widthOf(node.yes, groups), widthOf(node.no, groups)]);
    case 'repeat': {
      const [low, high] = widthOf(node.body, groups);
      return [low * node.least, high === 0 ? 0 : high * node.most];
    }
    case 'reference': {
      const group = groups.get(node.group);
      return group === undefined ? [0, 0] : widthOf(group, groups);
    }
    default:
      return widthOf(node.body, groups);
  }
}

function widest(widths: readonly (readonly [number, number])[]): readonly [number, number] {
  return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))];
}
