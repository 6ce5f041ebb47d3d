import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { decodeSearch } from '../../format/search.ts';
import { chunk } from '../data/chunks.ts';
import { type Hit, search } from '../data/search.ts';
import { indexOf, type SearchIndex, withColumns } from '../data/search-index.ts';
import { here, searchOpen } from '../data/store.ts';
import { typeWord } from '../data/words.ts';
import { Mark, nodeAddress } from '../ui/basics.tsx';

let index: SearchIndex | undefined;

/** Names at once; columns and descriptions as soon as they are there. */
function useIndex(): SearchIndex {
  const [, again] = useState(0);
  useEffect(() => {
    if (index?.columns !== undefined) return;
    chunk('search').then(
      (bytes) => {
        if (index === undefined) return;
        index = withColumns(index, decodeSearch(bytes));
        again((n) => n + 1);
      },
      () => undefined,
    );
  }, []);
  const { nodes, children } = here();
  index ??= indexOf(
    nodes,
    children.map((list) => list.length),
  );
  return index;
}

export function SearchBox() {
  const from = useIndex();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const hits = useMemo(() => search(from, text), [from, text]);
  const shown = useShown(hits);
  useEffect(() => {
    if (searchOpen.value) input.current?.focus();
  }, [searchOpen.value]);
  useEffect(() => document.getElementById(`hit-${at}`)?.scrollIntoView({ block: 'nearest' }), [at]);
  const close = (): void => {
    searchOpen.value = false;
    input.current?.blur();
  };
  const open = (hit: Hit | undefined): void => {
    const node = hit && here().nodes[hit.index];
    if (node === undefined) return;
    location.hash = nodeAddress(node, { col: hit?.column });
    setText('');
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') open(hits[at]);
    else if (event.key === 'Escape') {
      setText('');
      close();
    } else return;
    event.preventDefault();
  };
  const isOpen = searchOpen.value && text.trim() !== '';
  return (
    <div class="search" role="search">
      <input
        ref={input}
        type="search"
        list={undefined}
        role="combobox"
        placeholder="Names, columns, tags"
        aria-label="Search"
        aria-expanded={isOpen}
        aria-controls="hits"
        aria-activedescendant={isOpen && hits.length > 0 ? `hit-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onFocus={() => {
          searchOpen.value = true;
        }}
        onBlur={() => {
          searchOpen.value = false;
        }}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          searchOpen.value = true;
        }}
        onKeyDown={onKey}
      />
      <kbd aria-hidden="true">/</kbd>
      <div id="hits" class="hits" role="listbox" aria-label="Found" hidden={!isOpen}>
        {isOpen && hits.length === 0 ? (
          <div class="none" role="option" aria-selected="false" aria-disabled="true">
            Nothing found. Filters: type: tag: path: col: owner: schema: status:
          </div>
        ) : null}
        {isOpen
          ? shown.map((hit, position) => (
              <HitRow key={position} hit={hit} position={position} isOn={position === at} open={open} />
            ))
          : null}
      </div>
    </div>
  );
}

/** What is seen of the list at once; the rest follows when the letter is painted. */
const AT_ONCE = 10;

function useShown(hits: readonly Hit[]): readonly Hit[] {
  const [complete, setComplete] = useState<readonly Hit[]>();
  useEffect(() => {
    if (hits.length <= AT_ONCE) return;
    const later = setTimeout(() => setComplete(hits), 120);
    return () => clearTimeout(later);
  }, [hits]);
  return complete === hits ? hits : hits.slice(0, AT_ONCE);
}

function HitRow({
  hit,
  position,
  isOn,
  open,
}: {
  hit: Hit;
  position: number;
  isOn: boolean;
  open: (hit: Hit) => void;
}) {
  const node = here().nodes[hit.index];
  if (node === undefined) return null;
  return (
    <div
      id={`hit-${position}`}
      role="option"
      aria-selected={isOn}
      class={isOn ? 'hit on' : 'hit'}
      onMouseDown={(event) => {
        event.preventDefault();
        open(hit);
      }}
    >
      <Mark type={node.type} />
      <span class="hit-name">{node.name}</span>
      {hit.column === undefined ? null : <span class="hit-column">.{hit.column}</span>}
      <span class="hit-type">{typeWord(node.type)}</span>
    </div>
  );
}
