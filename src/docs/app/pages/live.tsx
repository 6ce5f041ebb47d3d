import { here } from '../data/store.ts';
import { seconds } from '../data/words.ts';
import { Progress, useElapsed } from '../live/bar.tsx';
import { liveRun } from '../live/follow.ts';
import type { LiveRun } from '../live/run.ts';
import { Empty } from '../ui/async.tsx';
import { NodeLink, Status } from '../ui/basics.tsx';

/** The run that goes on: what runs and for how long, what has ended and how. */
export function LivePage() {
  const run = liveRun.value;
  return (
    <article class="page">
      <h1>Running now</h1>
      {run === undefined ? (
        <Empty>
          Nothing runs. Pages of <code>tsdbt docs serve</code> show a run of this project while it goes on.
        </Empty>
      ) : (
        <Running run={run} />
      )}
    </article>
  );
}

/** So many of those that ended are listed. */
const MOST = 200;

function Running({ run }: { readonly run: LiveRun }) {
  const elapsed = useElapsed(run);
  const ended = [...run.ended.values()].reverse().slice(0, MOST);
  return (
    <>
      <p class="live">
        <Progress run={run} />
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Nodes of the run">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Status</th>
              <th scope="col" class="right">
                Time
              </th>
              <th scope="col" class="right">
                Last time
              </th>
            </tr>
          </thead>
          <tbody>
            {[...run.running].map(([id, since]) => (
              <Row key={id} id={id} status="running" time={elapsed - since} />
            ))}
            {ended.map(({ id, at, status, message }) => (
              <Row key={id} id={id} status={status} time={at - (run.started.get(id) ?? at)} message={message} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({
  id,
  status,
  time,
  message = '',
}: {
  readonly id: string;
  readonly status: string;
  readonly time: number;
  readonly message?: string;
}) {
  const { byId, nodes } = here();
  const index = byId.get(id);
  const last = nodes[index ?? -1]?.duration ?? 0;
  return (
    <tr>
      <th scope="row">{index === undefined ? id : <NodeLink index={index} />}</th>
      <td>
        <Status status={status} />
        {message === '' || status === 'success' || status === 'pass' ? null : <div class="soft">{message}</div>}
      </td>
      <td class="right">{seconds(Math.max(0, time) / 1000)}</td>
      <td class="right">{last === 0 ? '' : seconds(last / 1000)}</td>
    </tr>
  );
}
