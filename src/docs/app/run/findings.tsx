import { useMemo } from 'preact/hooks';
import type { LoadedRun } from '../data/runs.ts';
import { seconds } from '../data/words.ts';
import { RunNode } from '../pages/run.tsx';
import type { Analysis } from './analysis.ts';

interface FindingProps {
  readonly detail: LoadedRun;
  readonly analysis: Analysis;
}

/** So many links of the chain are shown on their own; short ones between them are drawn together. */
const LINKS = 16;

interface Link {
  readonly nodes: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly isIdle: boolean;
  readonly isShort: boolean;
}

/** The chain that decided when the run ended. */
export function Path({ detail, analysis }: FindingProps) {
  const { path, from, to, least } = analysis;
  const links = useMemo(() => linksOf(path), [path]);
  if (path.length === 0) return null;
  const span = Math.max(1, to - from);
  const runs = path.filter(({ kind }) => kind === 'run');
  const byThread = runs.filter(({ why }) => why === 'thread').length;
  const isThreadBound = least < span * 0.8 && byThread > runs.length / 3;
  return (
    <section>
      <h2>Critical path</h2>
      <p>
        {isThreadBound ? (
          <>
            <strong>Threads were the limit:</strong> {byThread} of the {runs.length} links of this chain were ready and
            waited for a thread. Nodes that wait for nothing but what they read would be done in {seconds(least / 1000)}
            .
          </>
        ) : (
          <>
            <strong>What reads what was the limit:</strong> more threads would hardly help. Only a shorter link of this
            chain makes the run shorter.
          </>
        )}
      </p>
      <ol class="path">
        {links.map(({ nodes, from: start, to: end, isIdle }) => (
          <li key={start} class={isIdle ? 'path-idle' : ''}>
            <span class="path-track" aria-hidden="true">
              <span
                class="path-bar"
                style={{
                  marginLeft: `${(100 * (start - from)) / span}%`,
                  width: `${Math.max(0.4, (100 * (end - start)) / span)}%`,
                }}
              />
            </span>
            <span class="path-time">{seconds((end - start) / 1000)}</span>
            {isIdle ? (
              <span class="soft">nothing of the chain ran: a lock, or the server</span>
            ) : nodes.length === 1 ? (
              <RunNode detail={detail} at={nodes[0] ?? -1} />
            ) : (
              <span class="soft">{nodes.length} short ones</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The longest parts on their own, the others between them as one. */
function linksOf(path: Analysis['path']): Link[] {
  const long = new Set([...path].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, LINKS));
  const links: Link[] = [];
  for (const part of path) {
    const last = links.at(-1);
    const isShort = !long.has(part);
    if (isShort && last?.isShort === true) {
      links[links.length - 1] = {
        ...last,
        nodes: part.kind === 'run' ? [...last.nodes, part.node] : last.nodes,
        to: part.to,
      };
    } else
      links.push({
        nodes: [part.node],
        from: part.from,
        to: part.to,
        isIdle: part.kind === 'idle' && !isShort,
        isShort,
      });
  }
  return links;
}

/** What took longer than it did before: where a slow night comes from. */
export function Slower({ detail, analysis }: FindingProps) {
  const { slower } = analysis;
  if (slower.length === 0) return null;
  return (
    <section>
      <h2>Slower than usual</h2>
      <ul class="plain-list">
        {slower.slice(0, 10).map(({ node, took, usual }) => (
          <li key={node}>
            <RunNode detail={detail} at={node} /> took <strong>{seconds(took / 1000)}</strong>, usually{' '}
            {seconds(usual / 1000)} <span class="warn-text">+{seconds((took - usual) / 1000)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same nodes and their times, on other numbers of threads. */
export function WhatIf({ detail, analysis }: FindingProps) {
  const { whatIf } = analysis;
  const longest = Math.max(1, ...whatIf.map(([, time]) => time));
  const now = whatIf.find(([threads]) => threads === detail.summary.threads)?.[1] ?? 0;
  return (
    <section>
      <h2>With other threads</h2>
      <p class="soft">If every node took what it took here. More at once makes each slower where the server is busy.</p>
      <ul class="what-if">
        {whatIf.map(([threads, time]) => (
          <li key={threads} class={threads === detail.summary.threads ? 'now' : ''}>
            <span class="what-if-name">{threads === 1 ? '1 thread' : `${threads} threads`}</span>
            <span class="meter" aria-hidden="true">
              <span style={{ width: `${(100 * time) / longest}%` }} />
            </span>
            <span>
              {seconds(time / 1000)}{' '}
              <span class="soft">
                {threads === detail.summary.threads ? 'as now' : now === 0 ? '' : change(time / now)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function change(share: number): string {
  const percent = Math.round(100 * (share - 1));
  return percent === 0 ? '± 0 %' : percent > 0 ? `+${percent} %` : `−${-percent} %`;
}
