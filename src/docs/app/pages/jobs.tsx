import type { JobsData, JobView } from '../../format/operations.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { ago, moment, seconds } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { CopyButton, NodeLink, Status, Tile } from '../ui/basics.tsx';
import { Missing } from './missing.tsx';
import { Dots } from './tests.tsx';

export function JobsPage({ id }: { readonly id: string }) {
  if (!hasChunk('jobs')) {
    return (
      <article class="page">
        <h1>Jobs</h1>
        <Empty>
          This project defines no jobs: they lie in <code>jobs/*.yml</code>.
        </Empty>
      </article>
    );
  }
  return (
    <article class="page">
      <h1>{id === '' ? 'Jobs' : id}</h1>
      <Loaded of="jobs" load={() => chunkData<JobsData>('jobs')}>
        {(data) => {
          const job = data.jobs.find(({ name }) => name === id);
          return id === '' ? (
            <All data={data} />
          ) : job === undefined ? (
            <Missing id={id} />
          ) : (
            <One data={data} job={job} />
          );
        }}
      </Loaded>
    </article>
  );
}

/** Models that are older than somebody was promised, and jobs that were due and did not come. */
export function latenessOf({ jobs }: JobsData): {
  readonly promises: readonly JobView['promises'][number][];
  readonly jobs: readonly JobView[];
} {
  return {
    promises: jobs.flatMap((job) => job.promises.filter(({ late }) => late)),
    jobs: jobs.filter(({ late }) => late),
  };
}

export function PromiseLine({
  promise,
  asOf,
}: {
  readonly promise: JobView['promises'][number];
  readonly asOf: string;
}) {
  const { nodes } = here();
  const index = nodes.findIndex(({ name, type }) => name === promise.model && type === 'model');
  return (
    <>
      {index < 0 ? promise.model : <NodeLink index={index} />}{' '}
      <span class={promise.late ? 'chip s-bad' : 'chip s-good'}>{promise.late ? 'late' : 'in time'}</span>{' '}
      {promise.builtAt === '' ? 'never built by a job' : `built ${ago(promise.builtAt, Date.parse(asOf))}`}, promised
      every {seconds(promise.within)}
    </>
  );
}

function All({ data }: { readonly data: JobsData }) {
  const promises = data.jobs.flatMap((job) => job.promises);
  return (
    <>
      <p class="soft">As of {moment(data.asOf)}.</p>
      {promises.length === 0 ? null : (
        <ul class="plain-list">
          {promises.map((promise) => (
            <li key={promise.model}>
              <PromiseLine promise={promise} asOf={data.asOf} />
            </li>
          ))}
        </ul>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label="Jobs">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Schedule</th>
              <th scope="col">Last run</th>
              <th scope="col">Runs, oldest first</th>
              <th scope="col">Next</th>
            </tr>
          </thead>
          <tbody>
            {data.jobs.map((job) => {
              const runs = data.runs.filter((run) => run.job === job.name);
              const last = runs.find(({ status }) => status !== 'skipped');
              return (
                <tr key={job.name}>
                  <th scope="row">
                    <a href={addressOf('job', job.name)}>{job.name}</a>
                    <div class="soft normal">{job.description}</div>
                  </th>
                  <td class="nowrap">
                    <code>{job.schedule}</code>
                    {job.skip.map((window) => (
                      <div key={window} class="soft">
                        not {window}
                      </div>
                    ))}
                  </td>
                  <td class="nowrap">
                    {last === undefined ? (
                      <span class="soft">not here yet</span>
                    ) : (
                      <>
                        <Status status={last.status} /> <span class="soft">{ago(last.at, Date.parse(data.asOf))}</span>
                      </>
                    )}
                    {job.late ? <div class="warn-text">was due {moment(job.due)}</div> : null}
                  </td>
                  <td>
                    <Dots
                      statuses={runs
                        .slice(0, 30)
                        .reverse()
                        .map(({ status }) => status)}
                    />
                  </td>
                  <td class="nowrap">{job.next === '' ? '' : moment(job.next)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

function One({ data, job }: { readonly data: JobsData; readonly job: JobView }) {
  const runs = data.runs.filter((run) => run.job === job.name);
  const command = `tsdbt job run ${job.name}`;
  return (
    <>
      <p>{job.description}</p>
      <div class="tiles">
        <Tile label="next" value={job.next === '' ? '–' : moment(job.next)} detail={job.schedule} />
        <Tile
          label="last success"
          value={job.lastSuccess === '' ? 'none here' : ago(job.lastSuccess, Date.parse(data.asOf))}
          kind={job.late ? 'warn' : ''}
        />
        <Tile label="may take" value={seconds(job.timeout)} />
      </div>
      <p>
        <code>{command}</code> <CopyButton text={command} what="Command" />{' '}
        <span class="soft">defined in {job.file}</span>
      </p>
      <h2>Steps</h2>
      <ol>
        {job.steps.map(({ text, select, exclude }) => (
          <li key={text}>
            <code>{text}</code>{' '}
            {select === '' ? null : (
              <a href={addressOf('graph', '', { g_i: select, g_e: exclude })}>show what it builds</a>
            )}
          </li>
        ))}
      </ol>
      {job.waitFor.length === 0 ? null : <p>Waits for {job.waitFor.join(', ')}.</p>}
      {job.promises.map((promise) => (
        <p key={promise.model}>
          <PromiseLine promise={promise} asOf={data.asOf} />
        </p>
      ))}
      <h2>Runs</h2>
      {runs.length === 0 ? <Empty>It has not run where this page was made.</Empty> : null}
      <ul class="plain-list">
        {runs.slice(0, 60).map((run) => (
          <li key={run.at}>
            {moment(run.at)} <Status status={run.status} /> {seconds(run.seconds)}
            {run.attempts > 1 ? `, ${run.attempts} attempts` : ''} <span class="soft">{run.message}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
