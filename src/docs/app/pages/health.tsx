import type { FreshnessData } from '../../format/operations.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { isTest } from '../data/model.ts';
import { addressOf } from '../data/router.ts';
import { here } from '../data/store.ts';
import { count } from '../data/words.ts';
import { useLoaded } from '../ui/async.tsx';
import { NodeLink, Tile } from '../ui/basics.tsx';

interface Folder {
  readonly name: string;
  readonly total: number;
  readonly described: number;
  readonly columns: number;
  readonly tested: number;
}

/** How well the project is looked after: described, tested, used, fresh. */
export function HealthPage() {
  const { nodes, children, onMap } = here();
  const fresh =
    useLoaded('fresh', () => (hasChunk('fresh') ? chunkData<FreshnessData>('fresh') : Promise.resolve([]))).value ?? [];
  const models = Array.from({ length: onMap }, (_, index) => index).filter((index) =>
    ['model', 'seed', 'snapshot'].includes(nodes[index]?.type ?? ''),
  );
  const has = (index: number, flag: number): boolean => ((nodes[index]?.flags ?? 0) & flag) !== 0;
  const isTested = (index: number): boolean =>
    (children[index] ?? []).some((one) => nodes[one] !== undefined && isTest(nodes[one]));
  const unused = models.filter((index) => !(children[index] ?? []).some((one) => (nodes[one]?.rank ?? -1) >= 0));
  const stale = fresh.filter(({ status }) => status !== '' && status !== 'pass');
  const folders = new Map<string, number[]>();
  for (const index of models) {
    const name = nodes[index]?.folder || 'without a folder';
    folders.set(name, [...(folders.get(name) ?? []), index]);
  }
  const rows = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, list]): Folder => ({
        name,
        total: list.length,
        described: list.filter((index) => has(index, 1)).length,
        columns: list.filter((index) => has(index, 2)).length,
        tested: list.filter(isTested).length,
      }),
    );
  const sum = (key: 'described' | 'columns' | 'tested'): number => rows.reduce((total, row) => total + row[key], 0);
  return (
    <article class="page">
      <h1>Health</h1>
      <div class="tiles">
        <Tile
          label="described"
          value={percent(sum('described'), models.length)}
          kind={kindOf(sum('described'), models.length)}
          detail="models"
          href={addressOf('graph', '', { lens: 'docs' })}
        />
        <Tile
          label="columns described"
          value={percent(sum('columns'), models.length)}
          kind={kindOf(sum('columns'), models.length)}
          detail="models with any"
        />
        <Tile
          label="tested"
          value={percent(sum('tested'), models.length)}
          kind={kindOf(sum('tested'), models.length)}
          detail="models"
          href={addressOf('graph', '', { lens: 'tests' })}
        />
        <Tile
          label="nobody reads"
          value={count(unused.length)}
          kind={unused.length > 0 ? 'warn' : 'good'}
          detail="no model, exposure or sync"
        />
        <Tile
          label="stale sources"
          value={count(stale.length)}
          kind={stale.length > 0 ? 'bad' : 'good'}
          href={addressOf('sources')}
        />
      </div>
      <h2>By folder</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Health by folder">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Folder</th>
              <th scope="col" class="right">
                Models
              </th>
              <th scope="col">Described</th>
              <th scope="col">Columns described</th>
              <th scope="col">Tested</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <a href={addressOf('graph', '', { g_i: `path:models/${row.name}` })}>{row.name}</a>
                </th>
                <td class="right">{row.total}</td>
                <td>
                  <Share part={row.described} total={row.total} />
                </td>
                <td>
                  <Share part={row.columns} total={row.total} />
                </td>
                <td>
                  <Share part={row.tested} total={row.total} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unused.length === 0 ? null : (
        <>
          <h2>Nobody reads</h2>
          <p class="soft">No model, exposure or sync of the project. Somebody may still query them.</p>
          <ul class="plain-list columns">
            {unused.slice(0, 200).map((index) => (
              <li key={index}>
                <NodeLink index={index} />
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

const percent = (part: number, total: number): string => (total === 0 ? '–' : `${Math.floor((100 * part) / total)} %`);
const kindOf = (part: number, total: number): string => (part === total ? 'good' : part < total / 2 ? 'bad' : 'warn');

function Share({ part, total }: { readonly part: number; readonly total: number }) {
  return (
    <span class="share">
      <span class="meter" aria-hidden="true">
        <span class={`fill-${kindOf(part, total)}`} style={{ width: `${(100 * part) / Math.max(1, total)}%` }} />
      </span>{' '}
      {part} of {total}
    </span>
  );
}
