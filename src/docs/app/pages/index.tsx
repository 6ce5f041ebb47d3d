import type { ComponentChildren } from 'preact';
import type { Route } from '../data/router.ts';
import { here } from '../data/store.ts';
import { GraphPage } from './graph.tsx';
import { Help } from './help.tsx';
import { Missing } from './missing.tsx';
import { NodePage } from './node.tsx';
import { Overview } from './overview.tsx';
import { RunPage } from './run.tsx';
import { RunsPage } from './runs.tsx';

type Page = (route: Route) => ComponentChildren;

const PAGES: Readonly<Record<string, readonly [title: string, page: Page]>> = {
  overview: ['Overview', () => <Overview />],
  graph: ['Lineage', ({ params }) => <GraphPage params={params} />],
  runs: ['Runs', () => <RunsPage />],
  run: ['Run', ({ id }) => <RunPage key={id} id={id} />],
  help: ['Help', () => <Help />],
};

export function pageFor(route: Route): ComponentChildren {
  if (route.page === 'node') {
    const index = here().byId.get(route.id);
    return index === undefined ? <Missing id={route.id} /> : <NodePage key={route.id} index={index} />;
  }
  return PAGES[route.page]?.[1](route) ?? <Missing id={route.id || route.page} />;
}

export function titleFor(route: Route): string {
  const index = here().byId.get(route.id);
  if (route.page === 'node' && index !== undefined) return here().nodes[index]?.name ?? '';
  return [PAGES[route.page]?.[0] ?? 'Not found', route.id].filter(Boolean).join(' ');
}
