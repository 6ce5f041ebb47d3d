import { useEffect } from 'preact/hooks';
import { hasChunk } from '../data/chunks.ts';
import { isTyping } from '../data/keys.ts';
import { here, replaceParams } from '../data/store.ts';
import type { GroupBy } from './items.ts';
import { LENSES } from './lens.ts';
import type { Depths } from './neighbourhood.ts';

const GROUPS: readonly (readonly [GroupBy, string])[] = [
  ['none', 'nothing'],
  ['folder', 'folder'],
  ['schema', 'schema'],
  ['tag', 'tag'],
  ['owner', 'owner'],
  ['type', 'type'],
  ['package', 'package'],
];

interface ToolbarProps {
  readonly params: Readonly<Record<string, string>>;
  readonly focus: number;
  readonly depths: Depths | undefined;
  readonly by: GroupBy;
}

/** What is drawn, and how; the address keeps it. */
export function Toolbar({ params, focus, depths, by }: ToolbarProps) {
  const { nodes } = here();
  const lens = params['lens'] ?? 'type';
  const isList = params['view'] === 'list';
  const hasColumns = params['cols'] === '1';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    replaceParams({
      g_i: String(data.get('g_i') ?? ''),
      g_e: String(data.get('g_e') ?? ''),
      focus: undefined,
      up: undefined,
      down: undefined,
    });
  };
  useGraphKeys(depths, lens, isList, hasColumns);
  return (
    <form class="toolbar" onSubmit={submit}>
      <label>
        <span>Select</span>
        <input
          key={params['g_i']}
          type="text"
          name="g_i"
          value={params['g_i'] ?? ''}
          placeholder="+model, tag:daily, path:marts …"
          spellcheck={false}
          autocomplete="off"
        />
      </label>
      <label>
        <span>Exclude</span>
        <input
          key={params['g_e']}
          type="text"
          name="g_e"
          value={params['g_e'] ?? ''}
          spellcheck={false}
          autocomplete="off"
        />
      </label>
      <button type="submit">Show</button>
      {params['col'] === undefined || focus < 0 ? null : (
        <span class="focus">
          <strong>
            {nodes[focus]?.name}.{params['col']}
          </strong>
          <button type="button" class="quiet" onClick={() => replaceParams({ col: undefined })}>
            all columns
          </button>
        </span>
      )}
      {focus < 0 || depths === undefined || params['col'] !== undefined ? null : (
        <span class="focus">
          <Stepper label="upstream" value={depths.up} param="up" />
          <strong>{nodes[focus]?.name}</strong>
          <Stepper label="downstream" value={depths.down} param="down" />
          <button
            type="button"
            class="quiet"
            onClick={() => replaceParams({ focus: undefined, up: undefined, down: undefined })}
          >
            whole project
          </button>
        </span>
      )}
      <span class="spring" />
      <label>
        <span>Group by</span>
        <select value={by} onChange={(event) => replaceParams({ group: event.currentTarget.value })}>
          {GROUPS.map(([key, word]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Colour by</span>
        <select value={lens} onChange={(event) => replaceParams({ lens: event.currentTarget.value })}>
          {LENSES.map(([key, word]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {hasChunk('lineage') ? (
        <button
          type="button"
          aria-pressed={hasColumns}
          onClick={() => replaceParams({ cols: hasColumns ? undefined : '1' })}
        >
          Columns
        </button>
      ) : null}
      <button type="button" aria-pressed={isList} onClick={() => replaceParams({ view: isList ? undefined : 'list' })}>
        List
      </button>
    </form>
  );
}

function Stepper({ label, value, param }: { readonly label: string; readonly value: number; readonly param: string }) {
  return (
    <span class="stepper">
      <button
        type="button"
        aria-label={`Less ${label}`}
        disabled={value <= 0}
        onClick={() => replaceParams({ [param]: String(Math.max(0, value - 1)) })}
      >
        −
      </button>
      <span title={`steps ${label}`}>{value}</span>
      <button type="button" aria-label={`More ${label}`} onClick={() => replaceParams({ [param]: String(value + 1) })}>
        +
      </button>
    </span>
  );
}

function useGraphKeys(depths: Depths | undefined, lens: string, isList: boolean, hasColumns: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      const { key } = event;
      const at = LENSES.findIndex(([name]) => name === lens);
      if (key === 'c') replaceParams({ cols: hasColumns ? undefined : '1' });
      else if (key === 'v') replaceParams({ view: isList ? undefined : 'list' });
      else if (key === 'l') replaceParams({ lens: LENSES[(at + 1) % LENSES.length]?.[0] });
      else if (depths !== undefined && key === '[') replaceParams({ up: String(Math.max(0, depths.up - 1)) });
      else if (depths !== undefined && key === ']') replaceParams({ up: String(depths.up + 1) });
      else if (depths !== undefined && key === '{') replaceParams({ down: String(Math.max(0, depths.down - 1)) });
      else if (depths !== undefined && key === '}') replaceParams({ down: String(depths.down + 1) });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [depths?.up, depths?.down, lens, isList, hasColumns]);
}
