import type { NodeDetail } from '../format/detail.ts';
import type { FreshnessData } from '../format/operations.ts';
import { changesOf } from './changes.ts';
import { jobsOf } from './jobs.ts';
import { lineageOf } from './lineage.ts';
import type { Resource } from './resources.ts';
import { type Runs, runParts } from './runs.ts';
import type { SyncColumn } from './sync-columns.ts';
import { syncsOf } from './syncs.ts';
import type { SiteInput } from './types.ts';

/** Parts that only some projects have, by the names of their chunks. */
export function moreOf(
  input: SiteInput,
  ordered: readonly Resource[],
  runs: Runs,
  details: readonly NodeDetail[],
  syncColumns: ReadonlyMap<string, readonly SyncColumn[]>,
): Readonly<Record<string, unknown>> {
  const freshness = freshnessOf(details, ordered);
  const indexOf = new Map(ordered.map(({ id }, index) => [id, index]));
  const parentsOf = (index: number): number[] => (ordered[index]?.parents ?? []).flatMap((id) => indexOf.get(id) ?? []);
  const parts: readonly (readonly [string, unknown])[] = [
    ...runParts(runs, indexOf, parentsOf),
    ['jobs', jobsOf(input.jobs)],
    ['syncs', syncsOf(input, ordered)],
    ['fresh', freshness.length === 0 ? undefined : freshness],
    ['lineage', lineageOf(input.columnLineage, ordered, syncColumns)],
    ['changes', changesOf(input.state, ordered)],
  ];
  return Object.fromEntries(parts.filter(([, content]) => content !== undefined));
}

function freshnessOf(details: readonly NodeDetail[], ordered: readonly Resource[]): FreshnessData {
  return details.flatMap(({ freshness }, at) =>
    freshness === undefined ? [] : [{ id: ordered[at]?.id ?? '', ...freshness }],
  );
}
