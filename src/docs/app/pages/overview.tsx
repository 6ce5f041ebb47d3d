import type { ComponentChildren } from 'preact';
import type { FreshnessData, JobsData, SyncsData } from '../../format/operations.ts';
import type { RunSummary } from '../../format/runs.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { ago, count, moment, plural, seconds, typeWord } from '../data/words.ts';
import { Empty, Problem, useLoaded } from '../ui/async.tsx';
import { Html, NodeLink, Status, statusKind } from '../ui/basics.tsx';
import { latenessOf, PromiseLine } from './jobs.tsx';
import { Counts, RunName, Strip, Trend } from './runs.tsx';
import { Age } from './sources.tsx';

/** What a reader wants to know first: what there is, what ran, what is wrong, what is late, where to look. */
export function Overview() {
  const { head, nodes } = here();
  return (
    <article class="page">
      <h1>{head.project}</h1>
      <p class="soft">
        Generated {moment(head.generatedAt)} for target <code>{head.target}</code>
      </p>
      {head.problems.map((text) => (
        <Problem key={text} text={text} />
      ))}
      {nodes.length === 0 ? <Empty>This project has no models yet.</Empty> : null}
      <Totals />
      <div class="two">
        <div>
          <LastRun />
          <Slowest />
        </div>
        <div>
          <Late />
          <Failing />
          <StartHere />
        </div>
      </div>
      <Html html={head.overview} />
    </article>
  );
}

const SHOWN = ['source', 'model', 'seed', 'snapshot', 'test', 'unit_test', 'exposure', 'sync', 'metric'];

function Totals() {
  const types = new Map<string, number>();
  for (const { type } of here().nodes) types.set(type, (types.get(type) ?? 0) + 1);
  return (
    <p class="totals">
      {SHOWN.flatMap((type) => {
        const total = types.get(type);
        return total === undefined
          ? []
          : [
              <span key={type}>
                <strong>{count(total)}</strong> {typeWord(type)}
                {total === 1 ? '' : 's'}
              </span>,
            ];
      })}
    </p>
  );
}

function Section({
  title,
  more,
  children,
}: {
  readonly title: string;
  readonly more?: readonly [string, string];
  readonly children: ComponentChildren;
}) {
  return (
    <section>
      <h2>
        {title}{' '}
        {more === undefined ? null : (
          <a class="small" href={more[0]}>
            {more[1]}
          </a>
        )}
      </h2>
      {children}
    </section>
  );
}

function usePart<T>(name: string): T | undefined {
  return useLoaded<T | undefined>(name, async () => (hasChunk(name) ? chunkData<T>(name) : undefined)).value;
}

function LastRun() {
  const runs = usePart<readonly RunSummary[]>('runs');
  if (runs === undefined) return null;
  const [last] = runs.filter(({ which }) => which !== 'sync run');
  return (
    <Section title="Last run" more={[addressOf('runs'), 'all runs']}>
      {last === undefined ? null : (
        <a class="card" href={addressOf('run', last.id)}>
          <RunName run={last} />
          <span class="card-line">
            {moment(last.startedAt)} · <strong>{seconds(last.elapsed)}</strong> <Trend run={last} />
          </span>
          <span class="card-line">
            <Counts counts={last.counts} />
          </span>
          <span class="card-line link">timeline, critical path, why it took so long →</span>
        </a>
      )}
      <Strip runs={runs} />
    </Section>
  );
}

function Slowest() {
  const { nodes } = here();
  const slow = nodes
    .map(({ duration }, index) => ({ duration, index }))
    .filter(({ duration, index }) => duration > 0 && (nodes[index]?.rank ?? -1) >= 0)
    .sort((a, b) => b.duration - a.duration)
    .slice(0, 5);
  const [first] = slow;
  if (first === undefined) return null;
  return (
    <Section title="Slowest" more={[addressOf('graph', '', { lens: 'duration' }), 'on the map']}>
      <ul class="plain-list bars">
        {slow.map(({ duration, index }) => (
          <li key={index}>
            <NodeLink index={index} params={{ tab: 'runs' }} />
            <span class="meter" aria-hidden="true">
              <span style={{ width: `${(100 * duration) / first.duration}%` }} />
            </span>
            <span>{seconds(duration / 1000)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Promised models, jobs, sources and syncs that are not in time; in time is said too. */
function Late() {
  const jobs = usePart<JobsData>('jobs');
  const fresh = usePart<FreshnessData>('fresh');
  const syncs = usePart<SyncsData>('syncs');
  if (jobs === undefined && fresh === undefined && syncs === undefined) return null;
  const lateness = jobs === undefined ? { promises: [], jobs: [] } : latenessOf(jobs);
  const stale = (fresh ?? []).filter(({ status }) => status !== '' && status !== 'pass');
  const behind = (syncs?.syncs ?? []).filter((one) => one.behind || statusKind(one.status) === 'bad');
  const total = lateness.promises.length + lateness.jobs.length + stale.length + behind.length;
  const { byId } = here();
  return (
    <Section title="Late" more={[addressOf('jobs'), 'jobs']}>
      {total === 0 ? <p class="good-text">Nothing is late.</p> : null}
      <ul class="plain-list">
        {lateness.promises.map((promise) => (
          <li key={promise.model}>
            <PromiseLine promise={promise} asOf={jobs?.asOf ?? ''} />
          </li>
        ))}
        {lateness.jobs.map((job) => (
          <li key={job.name}>
            <a href={addressOf('job', job.name)}>{job.name}</a> <span class="chip s-bad">overdue</span> was due{' '}
            {moment(job.due)}
          </li>
        ))}
        {behind.slice(0, 8).map((sync) => (
          <li key={sync.id}>
            <NodeLink index={byId.get(sync.id) ?? -1} />{' '}
            <span class={`chip s-${sync.behind ? 'warn' : 'bad'}`}>{sync.behind ? 'behind' : sync.status}</span>{' '}
            {sync.behind ? `Postgres has the rows of ${ago(sync.at, Date.parse(syncs?.asOf ?? ''))}` : sync.message}
          </li>
        ))}
        {stale.slice(0, 8).map((one) => (
          <li key={one.id}>
            <NodeLink index={byId.get(one.id) ?? -1} /> <Age one={one} />
          </li>
        ))}
      </ul>
      {behind.length > 8 ? <a href={addressOf('syncs')}>and {behind.length - 8} more syncs</a> : null}
      {stale.length > 8 ? <a href={addressOf('sources')}>and {stale.length - 8} more sources</a> : null}
    </Section>
  );
}

function Failing() {
  const { nodes } = here();
  const failing = nodes.flatMap(({ status }, index) => (statusKind(status) === 'bad' ? [index] : []));
  if (failing.length === 0) return null;
  return (
    <Section title="Failing" more={[addressOf('tests'), 'tests']}>
      <ul class="plain-list">
        {failing.slice(0, 12).map((index) => (
          <li key={index}>
            <NodeLink index={index} /> <Status status={nodes[index]?.status ?? ''} />
          </li>
        ))}
      </ul>
      {failing.length > 12 ? <p class="soft">and {plural(failing.length - 12, 'other')}</p> : null}
    </Section>
  );
}

/** Where the project leads: what people outside see, and the models most others rest on. */
function StartHere() {
  const { nodes, children } = here();
  const ends = nodes.flatMap(({ type }, index) => (type === 'exposure' ? [index] : [])).slice(0, 8);
  const most = nodes
    .map(({ rank, type }, index) => ({
      index,
      readers:
        rank < 0 || type === 'source'
          ? 0
          : (children[index] ?? []).filter((one) => (nodes[one]?.rank ?? -1) >= 0).length,
    }))
    .sort((a, b) => b.readers - a.readers)
    .slice(0, 5)
    .filter(({ readers }) => readers > 0);
  return (
    <Section title="Start here" more={[addressOf('graph'), 'the map of all']}>
      <ul class="plain-list">
        {ends.map((index) => (
          <li key={index}>
            <NodeLink index={index} />
          </li>
        ))}
        {most.map(({ index, readers }) => (
          <li key={index}>
            <NodeLink index={index} /> <span class="soft">read by {readers}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
