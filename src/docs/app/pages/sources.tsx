import type { FreshnessData } from '../../format/operations.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { here } from '../data/store.ts';
import { moment, seconds } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { Mark, NodeLink, Status } from '../ui/basics.tsx';

/** The sources and how old the newest row of each is, against its limits. */
export function SourcesPage({ id }: { readonly id: string }) {
  return (
    <article class="page">
      <h1>{id === '' ? 'Sources' : `Source ${id}`}</h1>
      <Loaded of="fresh" load={() => (hasChunk('fresh') ? chunkData<FreshnessData>('fresh') : Promise.resolve([]))}>
        {(fresh) => <Sources id={id} fresh={fresh} />}
      </Loaded>
    </article>
  );
}

function Sources({ id, fresh }: { readonly id: string; readonly fresh: FreshnessData }) {
  const { nodes, children } = here();
  const all = nodes.flatMap((node, index) =>
    node.type === 'source' && (id === '' || node.name.split('.')[0] === id) ? [index] : [],
  );
  if (all.length === 0) return <Empty>There is no such source in this project.</Empty>;
  const byId = new Map(fresh.map((one) => [one.id, one]));
  const groups = [...new Set(all.map((index) => nodes[index]?.name.split('.')[0] ?? ''))];
  return (
    <>
      {fresh.some(({ status }) => status !== '') ? null : (
        <p class="soft">
          How old the data is, is not known: run <code>tsdbt source freshness</code> before <code>docs generate</code>.
        </p>
      )}
      {groups.map((group) => (
        <section key={group}>
          <h2>
            <Mark type="source" />
            {group}
          </h2>
          <div class="scroll" tabIndex={0} role="region" aria-label={`Tables of ${group}`}>
            <table class="grid">
              <thead>
                <tr>
                  <th scope="col">Table</th>
                  <th scope="col">Freshness</th>
                  <th scope="col">Age against its limits</th>
                  <th scope="col">Newest row</th>
                  <th scope="col" class="right">
                    Read by
                  </th>
                </tr>
              </thead>
              <tbody>
                {all
                  .filter((index) => nodes[index]?.name.startsWith(`${group}.`))
                  .map((index) => {
                    const one = byId.get(nodes[index]?.id ?? '');
                    return (
                      <tr key={index}>
                        <th scope="row">
                          <NodeLink index={index} />
                        </th>
                        <td>
                          {one === undefined ? (
                            <span class="soft">no limit</span>
                          ) : one.status === '' ? (
                            <span class="soft">not asked</span>
                          ) : (
                            <Status status={one.status} />
                          )}
                        </td>
                        <td>{one === undefined ? null : <Age one={one} />}</td>
                        <td class="soft nowrap">{one?.maxLoadedAt ? moment(one.maxLoadedAt) : (one?.message ?? '')}</td>
                        <td class="right">{(children[index] ?? []).length}</td>
                      </tr>
                    );
                  })}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}

/** A line from now back to the limit: green until it warns, then amber, then red. */
export function Age({
  one,
}: {
  readonly one: Pick<FreshnessData[number], 'ageSeconds' | 'warnSeconds' | 'errorSeconds'>;
}) {
  const { ageSeconds: age, warnSeconds: warn, errorSeconds: error } = one;
  const limits = [warn === null ? '' : `warns at ${seconds(warn)}`, error === null ? '' : `fails at ${seconds(error)}`]
    .filter(Boolean)
    .join(', ');
  if (age === null) return <span class="soft">{limits}</span>;
  const end = Math.max(age, error ?? 0, warn ?? 0) * 1.05;
  const share = (value: number): string => `${(100 * value) / end}%`;
  const kind = error !== null && age > error ? 'bad' : warn !== null && age > warn ? 'warn' : 'good';
  return (
    <span class="age-line" title={limits}>
      <span class="age-track" aria-hidden="true">
        <span class={`age-fill b-${kind}`} style={{ width: share(age) }} />
        {warn === null ? null : <span class="age-limit" style={{ left: share(warn) }} />}
        {error === null ? null : <span class="age-limit last" style={{ left: share(error) }} />}
      </span>
      {seconds(age)} <span class="soft">{limits}</span>
    </span>
  );
}
