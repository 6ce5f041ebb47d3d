import { useMemo, useState } from 'preact/hooks';
import { hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { type LoadedRun, loadRun } from '../data/runs.ts';
import { here } from '../data/store.ts';
import { count, moment, seconds } from '../data/words.ts';
import { type Analysis, analyse } from '../run/analysis.ts';
import { Path, Slower, WhatIf } from '../run/findings.tsx';
import { Timeline } from '../run/timeline.tsx';
import { Empty, Loaded } from '../ui/async.tsx';
import { NodeLink, Status, statusKind, Tile } from '../ui/basics.tsx';
import { RunDiff } from './run-diff.tsx';
import { Counts, RunName, Trend } from './runs.tsx';

export function RunPage({ id }: { readonly id: string }) {
  const [first, second] = id.split('..');
  if (first !== undefined && second !== undefined) return <RunDiff first={first} second={second} />;
  if (!hasChunk(`run-${id}`)) return <NoRun id={id} />;
  return (
    <article class="page wide-page">
      <Loaded of={id} load={() => loadRun(id)}>
        {(detail) => <Run detail={detail} />}
      </Loaded>
    </article>
  );
}

/** Old runs are kept without their details; a link may also be of another site. */
export function NoRun({ id }: { readonly id: string }) {
  return (
    <article class="page">
      <h1>Run {id}</h1>
      <Empty>
        Nothing is kept of this run. The newest are under <a href={addressOf('runs')}>Runs</a>.
      </Empty>
    </article>
  );
}

function Run({ detail }: { readonly detail: LoadedRun }) {
  const { summary } = detail;
  const analysis = useMemo(() => analyse(detail), [detail]);
  const [chosen, choose] = useState(-1);
  const bad = detail.results.flatMap(([status], at) => (statusKind(status) === 'bad' || status === 'warn' ? [at] : []));
  return (
    <>
      <p class="crumbs">run of {moment(summary.startedAt)}</p>
      <h1>
        <RunName run={summary} />
      </h1>
      <p class="soft">
        target <code>{summary.target}</code>
        {summary.user === '' ? '' : `, by ${summary.user}`}
        {summary.git === '' ? '' : ', at '}
        {summary.git === '' ? null : <code>{summary.git}</code>} · <code>{summary.command}</code>
      </p>
      <p>
        <Counts counts={summary.counts} />
      </p>
      <div class="tiles">
        <Tile label="took" value={seconds(summary.elapsed)} detail={<Trend run={summary} />} />
        <Tile label="longest chain" value={seconds(analysis.least / 1000)} detail="of nodes that read one another" />
        <Tile
          label="at once"
          value={analysis.busy.toFixed(1)}
          detail={`of ${summary.threads} threads; at most ${analysis.peak}`}
        />
        <Tile label="nodes" value={count(detail.ids.length)} />
      </div>
      {bad.length === 0 ? null : <Failures detail={detail} bad={bad} />}
      <h2>Timeline</h2>
      <Timeline detail={detail} analysis={analysis} chosen={chosen} choose={choose} />
      <Chosen detail={detail} analysis={analysis} chosen={chosen} />
      <Path detail={detail} analysis={analysis} />
      <Slower detail={detail} analysis={analysis} />
      <WhatIf detail={detail} analysis={analysis} />
      <Nodes detail={detail} analysis={analysis} />
    </>
  );
}

function Failures({ detail, bad }: { readonly detail: LoadedRun; readonly bad: readonly number[] }) {
  return (
    <section>
      <h2>What went wrong</h2>
      {bad.slice(0, 30).map((at) => (
        <section key={at} class="failure">
          <p>
            <RunNode detail={detail} at={at} /> <Status status={detail.results[at]?.[0] ?? ''} />
          </p>
          {(detail.results[at]?.[6] ?? '') === '' ? null : (
            <details open={bad.length <= 3}>
              <summary>message</summary>
              <pre>{detail.results[at]?.[6]}</pre>
            </details>
          )}
        </section>
      ))}
      {bad.length > 30 ? <p class="soft">and {bad.length - 30} more in the table below</p> : null}
    </section>
  );
}

/** A node of a run; one that is gone since keeps its name. */
export function RunNode({ detail, at }: { readonly detail: LoadedRun; readonly at: number }) {
  const id = detail.ids[at] ?? '';
  const index = here().byId.get(id);
  return index === undefined ? <span>{id.split('.').slice(2).join('.') || id}</span> : <NodeLink index={index} />;
}

/** What the bar under the pointer is, and why it stood where it stood. */
function Chosen({
  detail,
  analysis,
  chosen,
}: {
  readonly detail: LoadedRun;
  readonly analysis: Analysis;
  readonly chosen: number;
}) {
  const result = detail.results[chosen];
  if (result === undefined)
    return <p class="chosen soft">Point at a bar: what it is, and why it did not start earlier.</p>;
  const [status, thread, start, end, rows] = result;
  const binding = analysis.bindings[chosen];
  return (
    <p class="chosen">
      <RunNode detail={detail} at={chosen} /> <Status status={status} /> {seconds((end - start) / 1000)} on thread{' '}
      {thread}
      {rows === null ? '' : `, ${count(rows)} rows`}.{' '}
      <Reason
        detail={detail}
        why={binding?.why ?? 'none'}
        on={binding?.on ?? -1}
        waited={start - (binding?.ready ?? start)}
      />
    </p>
  );
}

export function Reason({
  detail,
  why,
  on,
  waited,
}: {
  readonly detail: LoadedRun;
  readonly why: string;
  readonly on: number;
  readonly waited: number;
}) {
  if (why === 'none') return <span class="soft">It started with the run.</span>;
  if (why === 'dependency') {
    return (
      <span class="soft">
        It started as soon as <RunNode detail={detail} at={on} /> was done.
      </span>
    );
  }
  if (why === 'thread') {
    return (
      <span class="soft">
        It was ready, but waited {seconds(Math.max(0, waited) / 1000)} for a thread: <RunNode detail={detail} at={on} />{' '}
        had it.
      </span>
    );
  }
  return (
    <span class="soft">
      It was ready and had a thread, and yet started {seconds(Math.max(0, waited) / 1000)} later: a lock, or the server.
    </span>
  );
}

const MOST = 500;

function Nodes({ detail, analysis }: { readonly detail: LoadedRun; readonly analysis: Analysis }) {
  const order = detail.ids.map((_, at) => at).sort((a, b) => took(analysis, b) - took(analysis, a));
  return (
    <section>
      <h2>All nodes, the longest first</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Nodes of the run">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Status</th>
              <th scope="col" class="right">
                Took
              </th>
              <th scope="col" class="right">
                Usually
              </th>
              <th scope="col" class="right">
                Started at
              </th>
              <th scope="col">Thread</th>
              <th scope="col" class="right">
                Rows
              </th>
              <th scope="col">Why not earlier</th>
            </tr>
          </thead>
          <tbody>
            {order.slice(0, MOST).map((at) => {
              const [status, thread, start, , rows, , , usual] = detail.results[at] as LoadedRun['results'][number];
              const binding = analysis.bindings[at];
              return (
                <tr key={at}>
                  <th scope="row">
                    <RunNode detail={detail} at={at} />
                  </th>
                  <td>
                    <Status status={status} />
                  </td>
                  <td class="right">{seconds(took(analysis, at) / 1000)}</td>
                  <td class="right soft">{usual < 0 ? '' : seconds(usual / 1000)}</td>
                  <td class="right">{status === 'skipped' ? '' : seconds(start / 1000)}</td>
                  <td>{thread}</td>
                  <td class="right">{rows === null ? '' : count(rows)}</td>
                  <td>{binding === undefined || status === 'skipped' ? '' : WHY[binding.why]}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {order.length > MOST ? <p class="soft">and {order.length - MOST} shorter ones</p> : null}
    </section>
  );
}

const WHY = {
  dependency: 'waited for what it reads',
  thread: 'waited for a thread',
  idle: 'a lock, or the server',
  none: '',
};

const took = ({ timed }: Analysis, at: number): number => (timed[at]?.end ?? 0) - (timed[at]?.start ?? 0);
