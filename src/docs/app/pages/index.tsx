import type { ComponentChildren } from 'preact';
import type { Route } from '../data/router.ts';
import { here } from '../data/store.ts';
import { ChangesPage } from './changes.tsx';
import { GraphPage } from './graph.tsx';
import { HealthPage } from './health.tsx';
import { Help } from './help.tsx';
import { JobsPage } from './jobs.tsx';
import { LivePage } from './live.tsx';
import { Missing } from './missing.tsx';
import { NodePage } from './node.tsx';
import { Overview } from './overview.tsx';
import { RunPage } from './run.tsx';
import { RunsPage } from './runs.tsx';
import { SourcesPage } from './sources.tsx';
import { SyncsPage } from './syncs.tsx';
import { TestsPage } from './tests.tsx';

type Page = (route: Route) => ComponentChildren;

const PAGES: Readonly<Record<string, readonly [title: string, page: Page]>> = {
  overview: ['Overview', () => <Overview />],
  graph: ['Lineage', ({ params }) => <GraphPage params={params} />],
  runs: ['Runs', () => <RunsPage />],
  run: ['Run', ({ id }) => <RunPage key={id} id={id} />],
  tests: ['Tests', () => <TestsPage />],
  sources: ['Sources', ({ id }) => <SourcesPage id={id} />],
  source_list: ['Source', ({ id }) => <SourcesPage id={id} />],
  jobs: ['Jobs', () => <JobsPage id="" />],
  job: ['Job', ({ id }) => <JobsPage id={id} />],
  syncs: ['Syncs', () => <SyncsPage />],
  health: ['Health', () => <HealthPage />],
  changes: ['Changes', () => <ChangesPage />],
  live: ['Running now', () => <LivePage />],
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
