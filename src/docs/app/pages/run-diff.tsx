import { hasChunk } from '../data/chunks.ts';
import { addressOf } from '../data/router.ts';
import { type LoadedRun, loadRun } from '../data/runs.ts';
import { count, moment, seconds } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { Status, Tile } from '../ui/basics.tsx';
import { NoRun, RunNode } from './run.tsx';
import { RunName } from './runs.tsx';

interface Pair {
  readonly id: string;
  readonly before: LoadedRun['results'][number] | undefined;
  readonly after: LoadedRun['results'][number] | undefined;
}

/** Two runs beside each other, the older one first. */
export function RunDiff({ first, second }: { readonly first: string; readonly second: string }) {
  const missing = [first, second].find((id) => !hasChunk(`run-${id}`));
  if (missing !== undefined) return <NoRun id={missing} />;
  return (
    <article class="page">
      <h1>Two runs</h1>
      <Loaded of={`${first}..${second}`} load={() => Promise.all([first, second].map((id) => loadRun(id)))}>
        {(both) => {
          const [older, newer] = [...both].sort((a, b) => (a.summary.startedAt < b.summary.startedAt ? -1 : 1));
          return older === undefined || newer === undefined ? null : <Diff older={older} newer={newer} />;
        }}
      </Loaded>
    </article>
  );
}

const took = (result: Pair['before']): number =>
  result === undefined || result[0] === 'skipped' ? 0 : result[3] - result[2];

function Diff({ older, newer }: { readonly older: LoadedRun; readonly newer: LoadedRun }) {
  const at = new Map(older.ids.map((id, index) => [id, index]));
  const pairs: Pair[] = newer.ids.map((id, index) => ({
    id,
    before: older.results[at.get(id) ?? -1],
    after: newer.results[index],
  }));
  const inBoth = pairs.filter(({ before }) => before !== undefined);
  const changed = inBoth.filter(({ before, after }) => before?.[0] !== after?.[0]);
  const added = pairs.length - inBoth.length;
  const gone = older.ids.length - inBoth.length;
  const delta = newer.summary.elapsed - older.summary.elapsed;
  const byTime = [...inBoth]
    .sort((a, b) => Math.abs(took(b.after) - took(b.before)) - Math.abs(took(a.after) - took(a.before)))
    .slice(0, 25);
  const byRows = inBoth.filter(({ before, after }) => before?.[4] !== after?.[4]).slice(0, 100);
  const row = (id: string) => <RunNode detail={newer} at={newer.ids.indexOf(id)} />;
  return (
    <>
      {[older, newer].map(({ summary }) => (
        <p key={summary.id}>
          <a href={addressOf('run', summary.id)}>{moment(summary.startedAt)}</a> <RunName run={summary} />,{' '}
          {seconds(summary.elapsed)}
        </p>
      ))}
      <div class="tiles">
        <Tile
          label="time"
          value={`${delta >= 0 ? '+' : '−'}${seconds(Math.abs(delta))}`}
          kind={delta > older.summary.elapsed * 0.1 ? 'warn' : ''}
        />
        <Tile label="other status" value={count(changed.length)} />
        <Tile label="only in the newer" value={count(added)} />
        <Tile label="only in the older" value={count(gone)} />
      </div>
      <h2>Status</h2>
      {changed.length === 0 ? <Empty>Every node that ran in both ended the same.</Empty> : null}
      <ul class="plain-list">
        {changed.slice(0, 100).map(({ id, before, after }) => (
          <li key={id}>
            {row(id)} <Status status={before?.[0] ?? ''} /> → <Status status={after?.[0] ?? ''} />
          </li>
        ))}
      </ul>
      <h2>Time, by what changed most</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Time">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col" class="right">
                Before
              </th>
              <th scope="col" class="right">
                After
              </th>
              <th scope="col" class="right">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {byTime.map(({ id, before, after }) => {
              const change = took(after) - took(before);
              return (
                <tr key={id}>
                  <th scope="row">{row(id)}</th>
                  <td class="right">{seconds(took(before) / 1000)}</td>
                  <td class="right">{seconds(took(after) / 1000)}</td>
                  <td class="right">
                    {change >= 0 ? '+' : '−'}
                    {seconds(Math.abs(change) / 1000)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {byRows.length === 0 ? null : (
        <>
          <h2>Rows</h2>
          <ul class="plain-list">
            {byRows.map(({ id, before, after }) => (
              <li key={id}>
                {row(id)} {before?.[4] === null ? '?' : count(before?.[4] ?? 0)} →{' '}
                {after?.[4] === null ? '?' : count(after?.[4] ?? 0)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
