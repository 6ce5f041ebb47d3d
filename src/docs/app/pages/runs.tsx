import { useState } from 'preact/hooks';
import type { RunSummary } from '../../format/runs.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { moment, seconds } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { statusKind } from '../ui/basics.tsx';

export function RunsPage() {
  return (
    <article class="page">
      <h1>Runs</h1>
      {hasChunk('runs') ? (
        <Loaded of="runs" load={() => chunkData<readonly RunSummary[]>('runs')}>
          {(runs) => <Runs runs={runs} />}
        </Loaded>
      ) : (
        <NoRuns />
      )}
    </article>
  );
}

export function NoRuns() {
  return (
    <Empty>
      No run is recorded. Every <code>tsdbt build</code>, <code>run</code> or <code>test</code> leaves a record in{' '}
      <code>.tsdbt/runs</code>; records of other machines come with <code>docs generate --history 'path/*.json'</code>.
    </Empty>
  );
}

function Runs({ runs }: { readonly runs: readonly RunSummary[] }) {
  const [text, setText] = useState('');
  const [marked, setMarked] = useState<readonly string[]>([]);
  const wanted = text.toLowerCase();
  const shown = runs.filter((run) =>
    `${run.job} ${run.command} ${run.target} ${run.user} ${run.git} ${run.startedAt}`.toLowerCase().includes(wanted),
  );
  const longest = Math.max(0.001, ...runs.map(({ elapsed }) => elapsed));
  const [first, second] = marked;
  return (
    <>
      <Strip runs={runs} />
      <div class="bar-line">
        <input
          type="search"
          class="filter"
          placeholder="Filter by job, command, target, user"
          aria-label="Filter runs"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {first !== undefined && second !== undefined ? (
          <a class="button primary" href={addressOf('run', `${first}..${second}`)}>
            Compare the two
          </a>
        ) : (
          <span class="soft">Mark two to compare them.</span>
        )}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">
                <span class="sr">Compare</span>
              </th>
              <th scope="col">Started</th>
              <th scope="col">What</th>
              <th scope="col">Result</th>
              <th scope="col">Took</th>
              <th scope="col">Target</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <tr key={run.id}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Compare the run of ${moment(run.startedAt)}`}
                    checked={marked.includes(run.id)}
                    onChange={() =>
                      setMarked(
                        marked.includes(run.id) ? marked.filter((id) => id !== run.id) : [...marked, run.id].slice(-2),
                      )
                    }
                  />
                </td>
                <th scope="row" class="nowrap">
                  <a href={addressOf('run', run.id)}>{moment(run.startedAt)}</a>
                </th>
                <td>
                  <RunName run={run} />
                </td>
                <td>
                  <Counts counts={run.counts} />
                </td>
                <td class="took">
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: `${Math.max(1, (100 * run.elapsed) / longest)}%` }} />
                  </span>
                  {seconds(run.elapsed)} <Trend run={run} />
                </td>
                <td>{run.target}</td>
                <td class="soft">
                  {run.user} {run.git === '' ? '' : <code>{run.git.slice(0, 7)}</code>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function RunName({ run }: { readonly run: RunSummary }) {
  return (
    <>
      {run.job === '' ? null : <strong>{run.job} · </strong>}
      {run.which} <code class="soft">{run.selection}</code>
    </>
  );
}

/** Against what the same command took before. */
export function Trend({ run }: { readonly run: RunSummary }) {
  if (run.usual === null || run.usual === 0) return null;
  const change = Math.round(100 * (run.elapsed / run.usual - 1));
  if (Math.abs(change) < 5) return <span class="soft">as usual</span>;
  return (
    <span class={change > 25 ? 'warn-text' : 'soft'}>{change > 0 ? `${change} % slower` : `${-change} % faster`}</span>
  );
}

const ORDER = ['bad', 'warn', 'good', 'skip', 'none'] as const;

export function Counts({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const sorted = Object.entries(counts).sort(([a], [b]) => ORDER.indexOf(statusKind(a)) - ORDER.indexOf(statusKind(b)));
  return (
    <>
      {sorted.map(([status, count]) => (
        <span key={status} class={`chip s-${statusKind(status)}`}>
          {count} {status}
        </span>
      ))}
    </>
  );
}

export function worstOf(counts: Readonly<Record<string, number>>): ReturnType<typeof statusKind> {
  const kinds = new Set(Object.keys(counts).map(statusKind));
  return ORDER.find((kind) => kinds.has(kind)) ?? 'none';
}

/** The last runs, oldest left: height is duration, colour is how it ended. */
export function Strip({ runs }: { readonly runs: readonly RunSummary[] }) {
  const shown = runs.slice(0, 60).reverse();
  const longest = Math.max(0.001, ...shown.map(({ elapsed }) => elapsed));
  return (
    <div class="strip" role="list" aria-label="Last runs, oldest first">
      {shown.map((run) => (
        <span key={run.id} role="listitem">
          <a
            class={`strip-bar b-${worstOf(run.counts)}`}
            href={addressOf('run', run.id)}
            title={`${moment(run.startedAt)}: ${run.job || run.which}, ${seconds(run.elapsed)}`}
            aria-label={`${moment(run.startedAt)}: ${run.job || run.which}, ${seconds(run.elapsed)}`}
            style={{ height: `${Math.max(6, (46 * run.elapsed) / longest)}px` }}
          />
        </span>
      ))}
    </div>
  );
}
