import { useMemo } from 'preact/hooks';
import type { LineageData } from '../../format/lineage.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { detailOf } from '../data/model.ts';
import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { plural } from '../data/words.ts';
import { Loaded, useLoaded } from '../ui/async.tsx';
import { Mark, NodeLink, nodeAddress } from '../ui/basics.tsx';
import { leaves } from './drawing.ts';
import { type ColumnRef, reachOf, type Step, sourcesIn, traceOf, usersIn } from './trace.ts';

/** Where a column comes from and what it becomes: the engine's own answer, step by step. */
export function ColumnPanel({ node, column }: { readonly node: number; readonly column: string }) {
  if (!hasChunk('lineage')) {
    return (
      <section class="panel" aria-label={`Lineage of ${column}`}>
        <p class="soft">
          Where <code>{column}</code> comes from is known after <code>tsdbt check</code>, which asks ClickHouse itself
          and needs no server.
        </p>
      </section>
    );
  }
  return (
    <section class="panel" aria-label={`Lineage of ${column}`}>
      <Loaded of="lineage" load={() => chunkData<LineageData>('lineage')}>
        {(data) => <Traces data={data} start={{ node, column }} />}
      </Loaded>
    </section>
  );
}

function Traces({ data, start }: { readonly data: LineageData; readonly start: ColumnRef }) {
  const { nodes, children } = here();
  const up = useMemo(() => sourcesIn(data), [data]);
  const down = useMemo(() => usersIn(data), [data]);
  const before = useMemo(() => traceOf(data, up, start), [data, start.node, start.column]);
  const after = useMemo(
    () =>
      reachOf(start, () => [], down).columns.filter((one) => one.node !== start.node || one.column !== start.column),
    [data, start.node, start.column],
  );
  const reached = [...new Set([start.node, ...after.map(({ node }) => node)])];
  const ends = [...new Set(reached.flatMap((one) => children[one] ?? []).filter((one) => leaves(here(), data, one)))];
  const own = data.nodes[start.node]?.c.find(([name]) => data.columns[name] === start.column);
  const rows = data.nodes[start.node]?.r ?? [];
  const id = nodes[start.node]?.id ?? '';
  return (
    <>
      <h2>
        Where <code>{start.column}</code> comes from{' '}
        <a class="small" href={addressOf('graph', '', { focus: id, col: start.column })}>
          draw it
        </a>
      </h2>
      {own === undefined ? null : <Expression {...start} line={own[2]} />}
      {before.length === 0 ? (
        <p class="soft">
          {nodes[start.node]?.type === 'source'
            ? 'It is read from outside.'
            : 'It is made here: of constants, or by counting rows.'}
        </p>
      ) : (
        <Steps steps={before} isTop />
      )}
      {rows.length === 0 ? null : (
        <p class="soft">
          Which rows there are, is decided by{' '}
          {rows.slice(0, 8).map(([node, column, kind], at) => (
            <span key={at}>
              {at > 0 ? ', ' : ''}
              <Ref node={node} column={data.columns[column] ?? ''} /> ({data.kinds[kind]})
            </span>
          ))}
          {rows.length > 8 ? ` and ${rows.length - 8} more` : ''}
        </p>
      )}
      <h2>What it becomes</h2>
      {after.length === 0 && ends.length === 0 ? <p class="soft">No column of the project is made of it.</p> : null}
      {after.length === 0 ? null : (
        <p>
          {plural(after.length, 'column')}:{' '}
          {after.slice(0, 30).map((one, at) => (
            <span key={at}>
              {at > 0 ? ', ' : ''}
              <Ref node={one.node} column={one.column} />
            </span>
          ))}
          {after.length > 30 ? ` and ${after.length - 30} more` : ''}
        </p>
      )}
      {ends.length === 0 ? null : (
        <p>
          It reaches{' '}
          {ends.map((one) => (
            <span key={one} class="end">
              <NodeLink index={one} />{' '}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function Ref({ node, column }: ColumnRef) {
  const one = here().nodes[node];
  if (one === undefined) return null;
  return (
    <a href={nodeAddress(one, { tab: 'columns', col: column })}>
      {one.name}.{column}
    </a>
  );
}

function Steps({ steps, isTop = false }: { readonly steps: readonly Step[]; readonly isTop?: boolean }) {
  const { nodes } = here();
  return (
    <ul class={isTop ? 'trace first' : 'trace'}>
      {steps.map((step) => (
        <li key={`${step.node}.${step.column}`}>
          <Mark type={nodes[step.node]?.type ?? ''} />
          <Ref node={step.node} column={step.column} /> <span class={`kind kind-${step.kind}`}>{step.kind}</span>{' '}
          {step.seen && step.next.length === 0 ? (
            <span class="soft">as above</span>
          ) : (
            <Expression node={step.node} column={step.column} line={step.line} />
          )}
          {step.next.length === 0 ? null : <Steps steps={step.next} />}
        </li>
      ))}
    </ul>
  );
}

/** The line of the template that gives it its value: a name alone would say nothing that the column does not. */
export function Expression({ node, column, line }: ColumnRef & { readonly line: number }) {
  const { value } = useLoaded(`${node} ${line}`, async () => (line === 0 ? undefined : detailOf(here(), node)));
  const one = here().nodes[node];
  if (one === undefined || line === 0) return null;
  const text = (value?.raw.split('\n')[line - 1] ?? '').trim().replace(/,$/, '').slice(0, LONGEST);
  const isName = text.toLowerCase().replace(/^\w+\./, '') === column.toLowerCase();
  return (
    <a class="expr" href={nodeAddress(one, { tab: 'sql', line: String(line) })} title="to the line of its template">
      <code>{text === '' || isName ? `line ${line}` : text}</code>
    </a>
  );
}

/** Longer expressions are cut. */
const LONGEST = 200;
