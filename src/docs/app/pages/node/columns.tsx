import { useMemo, useState } from 'preact/hooks';
import type { ColumnDetail, NodeDetail } from '../../../format/detail.ts';
import { here, route } from '../../data/store.ts';
import { bytes } from '../../data/words.ts';
import { ColumnPanel } from '../../lineage/panel.tsx';
import { Html, nodeAddress, statusKind, Tag } from '../../ui/basics.tsx';

/** The table of columns; with many of them, a filter. */
export function Columns({ detail, index }: { readonly detail: NodeDetail; readonly index: number }) {
  const [text, set] = useState('');
  const wanted = text.toLowerCase();
  const shown = useMemo(
    () =>
      detail.columns.filter(({ name, descriptionHtml }) => `${name} ${descriptionHtml}`.toLowerCase().includes(wanted)),
    [detail, wanted],
  );
  const hasStorage = detail.columns.some(({ bytes: size }) => size !== undefined);
  const chosen = route.value.params['col'] ?? '';
  return (
    <>
      {chosen === '' ? null : <ColumnPanel node={index} column={chosen} />}
      {detail.columns.length > 12 ? (
        <input
          type="search"
          class="filter"
          placeholder={`Filter ${detail.columns.length} columns`}
          aria-label="Filter columns"
          value={text}
          onInput={(event) => set(event.currentTarget.value)}
        />
      ) : null}
      <div class="scroll" tabIndex={0} role="region" aria-label="Columns">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
              <th scope="col">Tests</th>
              {hasStorage ? (
                <th scope="col" class="right">
                  Size
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <Row key={column.name} column={column} index={index} hasStorage={hasStorage} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 ? <p class="empty">No column has this in its name or description.</p> : null}
    </>
  );
}

function Row({
  column,
  index,
  hasStorage,
}: {
  readonly column: ColumnDetail;
  readonly index: number;
  readonly hasStorage: boolean;
}) {
  const { nodes } = here();
  const node = nodes[index];
  const isOn = route.value.params['col'] === column.name;
  if (node === undefined) return null;
  return (
    <tr class={isOn ? 'on' : ''}>
      <th scope="row">
        <a href={nodeAddress(node, { tab: 'columns', col: column.name })}>{column.name}</a>
      </th>
      <td>
        <code class="type">{column.type}</code>
        {column.documentedType === undefined ? null : (
          <div class="warn-text">documented as {column.documentedType}</div>
        )}
      </td>
      <td>
        <Html html={column.descriptionHtml} />
        {column.constraints.map((one) => (
          <Tag key={one}>{one}</Tag>
        ))}
        {column.tags.map((one) => (
          <Tag key={one}>#{one}</Tag>
        ))}
      </td>
      <td>
        {column.tests.map((test) => {
          const one = nodes[test];
          return one === undefined ? null : (
            <a key={test} class={`chip s-${statusKind(one.status)}`} href={nodeAddress(one)} title={one.name}>
              {shortTest(one.name, node.name, column.name)}
            </a>
          );
        })}
      </td>
      {hasStorage ? (
        <td class="right" title={column.codec === undefined ? '' : `codec ${column.codec}`}>
          {column.bytes === undefined ? '' : bytes(column.bytes)}
          {ratio(column)}
        </td>
      ) : null}
    </tr>
  );
}

function ratio({ bytes: size, rawBytes }: ColumnDetail) {
  if (size === undefined || rawBytes === undefined || size === 0) return null;
  return <div class="soft">{(rawBytes / size).toFixed(1)} ×</div>;
}

/** `not_null` of `not_null_orders_id`. */
function shortTest(name: string, node: string, column: string): string {
  const at = name.indexOf(`_${node}`);
  return at > 0 ? name.slice(0, at) : name.replace(`_${column}`, '').slice(0, 28);
}
