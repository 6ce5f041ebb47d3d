import { isTest } from '../../data/model.ts';
import { addressOf } from '../../data/router.ts';
import { here } from '../../data/store.ts';
import { Mark, NodeLink } from '../../ui/basics.tsx';

const MOST = 6;

/** What a node reads and what reads it, always in sight. */
export function MiniLineage({ index }: { readonly index: number }) {
  const { nodes, children } = here();
  const node = nodes[index];
  if (node === undefined) return null;
  const above = node.parents.filter((one) => (nodes[one]?.rank ?? -1) >= 0);
  const below = (children[index] ?? []).filter((one) => nodes[one] !== undefined && !isTest(nodes[one]));
  return (
    <nav class="mini" aria-label="Direct lineage">
      <Side list={above} word="reads" none={node.type === 'source' ? 'comes from outside' : 'reads nothing'} />
      <div class="mini-self">
        <Mark type={node.type} />
        <strong>{node.name}</strong>
        <a href={addressOf('graph', '', { focus: node.id })}>open lineage</a>
      </div>
      <Side list={below} word="is read by" none="nothing reads it" />
    </nav>
  );
}

function Side({
  list,
  word,
  none,
}: {
  readonly list: readonly number[];
  readonly word: string;
  readonly none: string;
}) {
  return (
    <div class={list.length === 0 ? 'mini-side empty-side' : 'mini-side'}>
      <span class="mini-word">{list.length === 0 ? none : `${word} ${list.length}`}</span>
      <ul>
        {list.slice(0, MOST).map((one) => (
          <li key={one}>
            <NodeLink index={one} />
          </li>
        ))}
        {list.length > MOST ? <li class="soft">and {list.length - MOST} more</li> : null}
      </ul>
    </div>
  );
}
