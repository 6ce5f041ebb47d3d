import type { History, RunSummary } from '../../../format/runs.ts';
import { chunkData } from '../../data/chunks.ts';
import { addressOf } from '../../data/router.ts';
import { count, moment, seconds } from '../../data/words.ts';
import { Empty, Loaded } from '../../ui/async.tsx';
import { Status, statusKind } from '../../ui/basics.tsx';

/** How a node did in the last runs. */
export function NodeRuns({ index }: { readonly index: number }) {
  return (
    <Loaded
      of="hist runs"
      load={() => Promise.all([chunkData<History>('hist'), chunkData<readonly RunSummary[]>('runs')])}
    >
      {([history, runs]) => <Results index={index} history={history} runs={runs} />}
    </Loaded>
  );
}

function Results({
  index,
  history,
  runs,
}: {
  readonly index: number;
  readonly history: History;
  readonly runs: readonly RunSummary[];
}) {
  const entries = history.nodes[index] ?? [];
  if (entries.length === 0) return <Empty>No run of it is recorded.</Empty>;
  const longest = Math.max(1, ...entries.map(([, , time]) => time));
  const byId = new Map(runs.map((run) => [run.id, run]));
  return (
    <>
      <div
        class="spark"
        role="img"
        aria-label={`Durations of the last ${entries.length} runs, oldest first; the table says the same`}
      >
        {entries.map(([, status, time], at) => (
          <span
            key={at}
            class={`b-${statusKind(status)}`}
            style={{ height: `${Math.max(3, (44 * time) / longest)}px` }}
            title={`${status}, ${seconds(time / 1000)}`}
          />
        ))}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">What</th>
              <th scope="col">Result</th>
              <th scope="col" class="right">
                Took
              </th>
              <th scope="col" class="right">
                Rows
              </th>
            </tr>
          </thead>
          <tbody>
            {[...entries].reverse().map(([at, status, time, rows]) => {
              const run = byId.get(history.runs[at] ?? '');
              return (
                <tr key={at}>
                  <th scope="row">
                    {run === undefined ? 'older' : <a href={addressOf('run', run.id)}>{moment(run.startedAt)}</a>}
                  </th>
                  <td>{run === undefined ? '' : [run.job, run.which].filter(Boolean).join(' · ')}</td>
                  <td>
                    <Status status={status} />
                  </td>
                  <td class="right">{seconds(time / 1000)}</td>
                  <td class="right">{rows === null ? '' : count(rows)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
