import { here } from '../data/store.ts';
import { typeWord } from '../data/words.ts';
import { Mark, NodeLink, Status } from '../ui/basics.tsx';
import type { Drawing } from './items.ts';

/** The same as the map, as a table. */
export function GraphList({
  drawing,
  onOpen,
}: {
  readonly drawing: Drawing;
  readonly onOpen: (item: number, row: number) => void;
}) {
  const { nodes } = here();
  const reads = drawing.items.map((): number[] => []);
  for (const { from, to } of drawing.edges) if (!reads[to]?.includes(from)) reads[to]?.push(from);
  return (
    <div class="list-view scroll" tabIndex={0} role="region" aria-label="Lineage as a list">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Schema</th>
            <th scope="col">Reads</th>
            <th scope="col">Last status</th>
          </tr>
        </thead>
        <tbody>
          {drawing.items.slice(0, MOST).map((item, at) => {
            const node = nodes[item.node];
            return (
              <tr key={item.key}>
                <th scope="row">
                  {node === undefined ? (
                    <button type="button" onClick={() => onOpen(at, -1)}>
                      <Mark type="group" /> {item.label} ({item.members.length})
                    </button>
                  ) : (
                    <NodeLink index={item.node} />
                  )}
                </th>
                <td>{node === undefined ? 'group' : typeWord(node.type)}</td>
                <td>{node?.schema}</td>
                <td>{(reads[at] ?? []).map((one) => drawing.items[one]?.label).join(', ')}</td>
                <td>{node === undefined ? '' : <Status status={node.status} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {drawing.items.length > MOST ? (
        <p class="soft">… {drawing.items.length - MOST} more: narrow the selection</p>
      ) : null}
    </div>
  );
}

const MOST = 1000;
