import type { ChangesData } from '../../format/operations.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { copy, here } from '../data/store.ts';
import { count, plural } from '../data/words.ts';
import { Empty, Loaded } from '../ui/async.tsx';
import { NodeLink, Tag, Tile } from '../ui/basics.tsx';

/** This project against the one of `--state`. */
export function ChangesPage() {
  return (
    <article class="page">
      <h1>Changes</h1>
      {hasChunk('changes') ? (
        <Loaded of="changes" load={() => chunkData<ChangesData>('changes')}>
          {(data) => <Changes data={data} />}
        </Loaded>
      ) : (
        <Empty>
          To see what is new or different against another environment:{' '}
          <code>docs generate --state path/to/its/target</code>.
        </Empty>
      )}
    </article>
  );
}

function Named({ id }: { readonly id: string }) {
  const index = here().byId.get(id);
  return index === undefined ? <code>{id}</code> : <NodeLink index={index} />;
}

function Changes({ data }: { readonly data: ChangesData }) {
  const { added, removed, modified, reached } = data;
  const breaking = modified.filter((one) => one.breaking.length > 0);
  if (added.length + removed.length + modified.length === 0) return <Empty>Nothing is different.</Empty>;
  return (
    <>
      <div class="tiles">
        <Tile label="new" value={count(added.length)} />
        <Tile label="changed" value={count(modified.length)} />
        <Tile label="gone" value={count(removed.length)} kind={removed.length > 0 ? 'warn' : ''} />
        <Tile label="breaking" value={count(breaking.length)} kind={breaking.length > 0 ? 'bad' : 'good'} />
        <Tile label="reached below" value={count(reached.length)} />
      </div>
      <p>
        <button type="button" onClick={() => void copy(textOf(data), 'Text')}>
          Copy as text for a pull request
        </button>
      </p>
      {modified.length === 0 ? null : (
        <>
          <h2>Changed</h2>
          <ul class="plain-list">
            {modified.map(({ id, reasons, breaking: bad, safe, reach }) => (
              <li key={id}>
                <Named id={id} />{' '}
                {reasons.map((reason) => (
                  <Tag key={reason}>{reason}</Tag>
                ))}{' '}
                <span class="soft">{reach === 0 ? 'nothing reads it' : `${plural(reach, 'node')} below`}</span>
                {bad.map((one) => (
                  <div key={one} class="bad-text">
                    breaking: {one}
                  </div>
                ))}
                {safe.map((one) => (
                  <div key={one} class="soft">
                    {one}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      {(
        [
          ['New', added],
          ['Gone', removed],
          ['Reached, not changed themselves', reached],
        ] as const
      ).map(([title, ids]) =>
        ids.length === 0 ? null : (
          <section key={title}>
            <h2>{title}</h2>
            <ul class="plain-list columns">
              {ids.slice(0, 300).map((id) => (
                <li key={id}>
                  <Named id={id} />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  );
}

function textOf({ added, removed, modified, reached }: ChangesData): string {
  const name = (id: string): string => `\`${id.split('.').slice(2).join('.')}\``;
  return [
    `**${plural(modified.length, 'node')} changed, ${added.length} new, ${removed.length} gone; ${reached.length} below are reached.**`,
    '',
    ...modified.map(
      ({ id, reasons, breaking, reach }) =>
        `- ${name(id)}: ${reasons.join(', ')}; ${reach} below${breaking.map((one) => `\n  - ⚠ breaking: ${one}`).join('')}`,
    ),
    ...added.map((id) => `- new: ${name(id)}`),
    ...removed.map((id) => `- gone: ${name(id)}`),
    '',
  ].join('\n');
}
