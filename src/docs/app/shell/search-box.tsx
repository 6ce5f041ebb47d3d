import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { decodeSearch } from '../../format/search.ts';
import { chunk } from '../data/chunks.ts';
import { type Hit, indexOf, type SearchIndex, search, withColumns } from '../data/search.ts';
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
  useEffect(() => {
    if (searchOpen.value) input.current?.focus();
  }, [searchOpen.value]);
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
        placeholder="Search names, columns, tags …"
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
          ? hits.map((hit, position) => (
              <HitRow key={hit.index} hit={hit} position={position} isOn={position === at} open={open} />
            ))
          : null}
      </div>
    </div>
  );
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
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOn) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOn]);
  if (node === undefined) return null;
  return (
    <div
      ref={row}
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
