import type { LineageData } from '../../format/lineage.ts';
import type { Drawing, Edge } from '../graph/items.ts';
import { Expression } from './panel.tsx';

/** What one column makes of another, on the line of the template that says so. */
export function Way({
  drawing,
  edge,
  lineage,
}: {
  readonly drawing: Drawing;
  readonly edge: Edge;
  readonly lineage: LineageData;
}) {
  const [from, to] = [drawing.items[edge.from], drawing.items[edge.to]];
  const column = to?.rows[edge.toRow];
  const own = lineage.nodes[to?.node ?? -1]?.c.find(([name]) => lineage.columns[name] === column);
  return (
    <p class="way" role="status">
      <code>
        {to?.label}.{column}
      </code>{' '}
      <span class={`kind kind-${edge.kind}`}>{edge.kind}</span> of{' '}
      <code>
        {from?.label}.{from?.rows[edge.fromRow]}
      </code>{' '}
      {own === undefined ? null : <Expression node={to?.node ?? -1} column={column ?? ''} line={own[2]} />}
    </p>
  );
}
