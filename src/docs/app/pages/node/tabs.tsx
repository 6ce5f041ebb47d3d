import type { NodeDetail } from '../../../format/detail.ts';
import { isTest } from '../../data/model.ts';
import { here, route } from '../../data/store.ts';
import { bytes, count, seconds, typeWord } from '../../data/words.ts';
import { NodeLink, Status } from '../../ui/basics.tsx';
import { Code, CodePair } from '../../ui/code.tsx';

/** The template beside what it became. */
export function Sql({ detail }: { readonly detail: NodeDetail }) {
  const line = route.value.params['line'];
  if (detail.compiled === '')
    return <Code code={detail.raw} title="Template" marked={line ? [Number(line) - 1, Number(line)] : undefined} />;
  if (detail.raw === '') return <Code code={detail.compiled} title="Compiled SQL" />;
  return <CodePair raw={detail.raw} compiled={detail.compiled} line={line ? Number(line) - 1 : undefined} />;
}

export function Tests({ tests }: { readonly tests: readonly number[] }) {
  const { nodes } = here();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Tests">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Type</th>
            <th scope="col">Last result</th>
            <th scope="col" class="right">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {tests.map((test) => (
            <tr key={test}>
              <th scope="row">
                <NodeLink index={test} />
              </th>
              <td>{typeWord(nodes[test]?.type ?? '')}</td>
              <td>
                {nodes[test]?.status ? <Status status={nodes[test].status} /> : <span class="soft">not run</span>}
              </td>
              <td class="right">{nodes[test]?.status ? seconds((nodes[test]?.duration ?? 0) / 1000) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Storage({ detail }: { readonly detail: NodeDetail }) {
  const { storage } = detail;
  if (storage === undefined) return null;
  const raw = detail.columns.reduce((sum, one) => sum + (one.rawBytes ?? 0), 0);
  const size = detail.columns.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  const rows: (readonly [string, string])[] = [
    ['Engine', storage.engine],
    ['Rows', storage.rows === null ? '' : count(storage.rows)],
    ['On disk', storage.bytes === null ? '' : bytes(storage.bytes)],
    ['Compression', size > 0 ? `${(raw / size).toFixed(1)} ×  (${bytes(raw)} of values)` : ''],
    ['Parts', storage.parts === null ? '' : count(storage.parts)],
    ...storage.facts,
  ];
  return <Facts facts={rows.filter(([, value]) => value !== '')} />;
}

export function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            {value.includes('\n') ? (
              <pre>{value}</pre>
            ) : /^https?:\/\//.test(value) ? (
              <a href={value} rel="noopener noreferrer">
                {value}
              </a>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every value and where it was said; what nobody said comes last. */
export function Config({ detail }: { readonly detail: NodeDetail }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Configuration">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Value</th>
            <th scope="col">Said in</th>
          </tr>
        </thead>
        <tbody>
          {detail.config.map(({ key, value, from }) => (
            <tr key={key} class={from === 'default' ? 'soft' : ''}>
              <th scope="row">{key}</th>
              <td>
                <code>{value}</code>
              </td>
              <td>{from}</td>
            </tr>
          ))}
          {detail.meta.map(([key, value]) => (
            <tr key={`meta.${key}`}>
              <th scope="row">meta.{key}</th>
              <td>
                <code>{value}</code>
              </td>
              <td>{detail.patchFile}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** By type: what a change here reaches first. */
export function UsedBy({ index }: { readonly index: number }) {
  const { nodes, children } = here();
  const users = (children[index] ?? []).filter((one) => nodes[one] !== undefined && !isTest(nodes[one]));
  if (users.length === 0) return <p class="empty">Nothing in the project reads it.</p>;
  const types = [...new Set(users.map((one) => nodes[one]?.type ?? ''))];
  return (
    <>
      {types.map((type) => (
        <section key={type}>
          <h2>{typeWord(type)}s</h2>
          <ul class="plain-list columns">
            {users
              .filter((one) => nodes[one]?.type === type)
              .map((one) => (
                <li key={one}>
                  <NodeLink index={one} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
