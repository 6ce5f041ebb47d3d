import { useState } from 'preact/hooks';
import type { History } from '../../format/runs.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { isTest } from '../data/model.ts';
import { here } from '../data/store.ts';
import { count } from '../data/words.ts';
import { Loaded } from '../ui/async.tsx';
import { NodeLink, Status, statusKind, Tile } from '../ui/basics.tsx';

const NO_HISTORY: History = { runs: [], nodes: {} };

/** Every test with its last results; what flickers; what nobody tests. */
export function TestsPage() {
  return (
    <article class="page">
      <h1>Tests</h1>
      <Loaded of="hist" load={() => (hasChunk('hist') ? chunkData<History>('hist') : Promise.resolve(NO_HISTORY))}>
        {(history) => <Tests history={history} />}
      </Loaded>
    </article>
  );
}

const SHOWN = 200;
/** So many results make the strip. */
const STRIP = 30;

function Tests({ history }: { readonly history: History }) {
  const { nodes, children, onMap } = here();
  const [only, setOnly] = useState<'all' | 'bad' | 'flaky' | 'untested'>('all');
  const [text, setText] = useState('');
  const tests = nodes.flatMap((node, index) => (isTest(node) ? [index] : []));
  const strip = (index: number) => (history.nodes[index] ?? []).slice(-STRIP);
  const bad = tests.filter((index) => statusKind(nodes[index]?.status ?? '') === 'bad');
  const flaky = tests.filter((index) => flips(strip(index).map(([, status]) => status)) >= 2);
  const untested = Array.from({ length: onMap }, (_, index) => index).filter((index) => {
    const node = nodes[index];
    return (
      ['model', 'seed', 'snapshot'].includes(node?.type ?? '') &&
      !(children[index] ?? []).some((one) => nodes[one] !== undefined && isTest(nodes[one]))
    );
  });
  const wanted = text.toLowerCase();
  const list = { all: tests, bad, flaky, untested }[only].filter((index) =>
    nodes[index]?.name.toLowerCase().includes(wanted),
  );
  const sorted = [...list].sort((a, b) => rank(nodes[a]?.status ?? '') - rank(nodes[b]?.status ?? ''));
  const choices = [
    ['all', 'All', tests.length],
    ['bad', 'Failing', bad.length],
    ['flaky', 'Flaky', flaky.length],
    ['untested', 'Models without tests', untested.length],
  ] as const;
  return (
    <>
      <div class="tiles">
        <Tile label="tests" value={count(tests.length)} />
        <Tile label="failing" value={count(bad.length)} kind={bad.length > 0 ? 'bad' : 'good'} />
        <Tile
          label="flaky"
          value={count(flaky.length)}
          kind={flaky.length > 0 ? 'warn' : ''}
          detail="changed more than once"
        />
        <Tile label="models without" value={count(untested.length)} kind={untested.length > 0 ? 'warn' : 'good'} />
      </div>
      <div class="bar-line">
        <fieldset class="choices">
          <legend class="sr">Which tests</legend>
          {choices.map(([key, label, total]) => (
            <button key={key} type="button" aria-pressed={only === key} onClick={() => setOnly(key)}>
              {label} <span class="count">{total}</span>
            </button>
          ))}
        </fieldset>
        <input
          type="search"
          class="filter"
          placeholder="Filter by name"
          aria-label="Filter tests"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Tests">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{only === 'untested' ? 'Model' : 'Test'}</th>
              <th scope="col">Of</th>
              <th scope="col">Last result</th>
              <th scope="col">Before, oldest first</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, SHOWN).map((index) => (
              <tr key={index}>
                <th scope="row">
                  <NodeLink index={index} />
                </th>
                <td>
                  {only === 'untested'
                    ? ''
                    : (nodes[index]?.parents ?? []).slice(0, 1).map((one) => <NodeLink key={one} index={one} />)}
                </td>
                <td>
                  {nodes[index]?.status === '' ? (
                    <span class="soft">not run</span>
                  ) : (
                    <Status status={nodes[index]?.status ?? ''} />
                  )}
                </td>
                <td>
                  <Dots statuses={strip(index).map(([, status]) => status)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > SHOWN ? <p class="soft">and {count(sorted.length - SHOWN)} more: filter them</p> : null}
    </>
  );
}

const rank = (status: string): number => ({ bad: 0, warn: 1, none: 2, skip: 3, good: 4 })[statusKind(status)];

function flips(statuses: readonly string[]): number {
  return statuses.filter((status, at) => at > 0 && statusKind(status) !== statusKind(statuses[at - 1] ?? '')).length;
}

/** The last results as a row of squares; the words say the same. */
export function Dots({ statuses }: { readonly statuses: readonly string[] }) {
  const bad = statuses.filter((status) => statusKind(status) === 'bad').length;
  return (
    <span class="dots" role="img" aria-label={`${statuses.length} results, ${bad} bad`}>
      {statuses.map((status, at) => (
        <span key={at} class={`dot b-${statusKind(status)}`} title={status} />
      ))}
    </span>
  );
}
