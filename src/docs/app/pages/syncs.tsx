import type { SyncsData, SyncView } from '../../format/operations.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { here } from '../data/store.ts';
import { ago, bytes, count, moment, seconds } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { CopyButton, NodeLink, Status } from '../ui/basics.tsx';
import { Facts } from './node/tabs.tsx';

export function SyncsPage() {
  return (
    <article class="page">
      <h1>Syncs</h1>
      {hasChunk('syncs') ? (
        <Loaded of="syncs" load={() => chunkData<SyncsData>('syncs')}>
          {(data) => <All data={data} />}
        </Loaded>
      ) : (
        <Empty>
          This project pushes nothing to Postgres: syncs lie in <code>syncs/*.yml</code>.
        </Empty>
      )}
    </article>
  );
}

function All({ data }: { readonly data: SyncsData }) {
  const { byId, nodes } = here();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Syncs">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Sync</th>
            <th scope="col">From</th>
            <th scope="col">To, in Postgres</th>
            <th scope="col">Mode</th>
            <th scope="col">Last run</th>
            <th scope="col" class="right">
              Rows
            </th>
            <th scope="col">Behind</th>
          </tr>
        </thead>
        <tbody>
          {data.syncs.map((sync) => {
            const index = byId.get(sync.id) ?? -1;
            return (
              <tr key={sync.id}>
                <th scope="row">
                  <NodeLink index={index} />
                </th>
                <td>
                  {(nodes[index]?.parents ?? []).map((one) => (
                    <div key={one}>
                      <NodeLink index={one} />
                    </div>
                  ))}
                </td>
                <td>
                  <code>{sync.target}</code> <span class="soft">{sync.connection}</span>
                </td>
                <td>{sync.mode}</td>
                <td class="nowrap">
                  {sync.status === '' ? (
                    <span class="soft">not here yet</span>
                  ) : (
                    <>
                      <Status status={sync.status} /> <span class="soft">{ago(sync.at, Date.parse(data.asOf))}</span>
                    </>
                  )}
                </td>
                <td class="right">{sync.rows === null ? '' : count(sync.rows)}</td>
                <td>
                  <Lag sync={sync} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Lag({ sync }: { readonly sync: SyncView }) {
  if (sync.at === '' || sync.sourceBuiltAt === '') return null;
  if (!sync.behind) return <span class="soft">up to date</span>;
  return (
    <span class="warn-text">
      its mart was built {seconds((Date.parse(sync.sourceBuiltAt) - Date.parse(sync.at)) / 1000)} later
    </span>
  );
}

/** On the page of the sync itself. */
export function SyncState({ id }: { readonly id: string }) {
  if (!hasChunk('syncs')) return null;
  return (
    <Loaded of="syncs" load={() => chunkData<SyncsData>('syncs')}>
      {(data) => {
        const sync = data.syncs.find((one) => one.id === id);
        return sync === undefined ? null : <State sync={sync} />;
      }}
    </Loaded>
  );
}

function State({ sync }: { readonly sync: SyncView }) {
  const name = sync.id.split('.').at(-1) ?? '';
  const command = `tsdbt sync rollback ${name}`;
  return (
    <>
      <h2>Last run</h2>
      {sync.status === '' ? (
        <Empty>It has not run where this page was made.</Empty>
      ) : (
        <p>
          <Status status={sync.status} /> {moment(sync.at)}, {seconds(sync.seconds)}
          {sync.rows === null ? '' : `, ${count(sync.rows)} rows`}
          {sync.rowsBefore === null ? '' : ` (${count(sync.rowsBefore)} before)`}
          {sync.bytes === null ? '' : `, ${bytes(sync.bytes)}`} {sync.status === 'success' ? '' : sync.message}{' '}
          <Lag sync={sync} />
        </p>
      )}
      <Facts facts={sync.facts} />
      {sync.columns.length === 0 ? null : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Columns that differ">
          <table class="grid">
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">In Postgres</th>
                <th scope="col">Note</th>
              </tr>
            </thead>
            <tbody>
              {sync.columns.map(({ source, name: target, note }) => (
                <tr key={`${source}${target}`}>
                  <th scope="row">
                    <code>{source}</code>
                  </th>
                  <td>
                    <code>{target}</code>
                  </td>
                  <td class="soft">{note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="soft">
        The table before comes back with <code>{command}</code> <CopyButton text={command} what="Command" />
      </p>
    </>
  );
}
