import type { SyncDefinition, SyncResult } from '../types.ts';
import { guardChecks, sourceFigures } from './checks.ts';
import type { CopyResult } from './copy.ts';
import { swapInstead } from './full-swap.ts';
import { expectedRows, guardEnriched, guardKey, guardRows } from './guards.ts';
import { type Loaded, load } from './load.ts';
import { type Changed, mergeRows } from './merge.ts';
import { type Prepared, prepare } from './prepare.ts';
import { resumable } from './resume.ts';
import { inSession, refuse, type SyncDeps, type SyncSession } from './session.ts';
import { takePlace } from './take-place.ts';

/**
 * Brings one mart to Postgres: plan, load beside the target, verify, then swap or merge. Until that commits the target
 * is as it was; on every way out the loaded table is gone. Throws TsdbtError, with the cause within.
 */
export function runSync(definition: SyncDefinition, deps: SyncDeps): Promise<SyncResult> {
  return inSession(definition, deps, async (session) => {
    const prepared = await session.phases.run('plan', () =>
      prepare(definition, { ...session, ...deps, reserve: true }),
    );
    refuse(definition, prepared.plan.problems);
    if (prepared.nothingNew) return finished(session, prepared, { copied: { rows: 0, bytes: 0 }, changed: NOTHING });
    const copied = await load(session, prepared);
    const enriched = await resumable(session, 'verify', () =>
      session.phases.run('verify', () => verify(session, prepared, copied)),
    );
    const { merge } = prepared.plan;
    if (merge === undefined) await takePlace(session, prepared.plan, prepared.target);
    const changed =
      merge &&
      ((await swapInstead(session, prepared, copied.rows)) ??
        (await mergeRows(session, merge, prepared.target!, prepared.plan.temporary)));
    return finished(session, prepared, { copied, enriched, changed });
  });
}

const NOTHING: Changed = { written: 0, deleted: 0 };

async function verify(
  session: SyncSession,
  prepared: Prepared,
  { rows, figures }: Loaded,
): Promise<SyncResult['enriched']> {
  const { definition, deps, connection } = session;
  const { plan, targetRows } = prepared;
  const sourceRows = await expectedRows(definition, deps.clickhouse, prepared, rows);
  guardRows(definition, { rows, sourceRows, targetRows });
  const { checks } = plan;
  if (checks && figures) {
    const late = () => sourceFigures(deps.clickhouse, checks, deps.signal);
    await guardChecks(definition, connection, checks, await figures, late);
  }
  await guardKey(definition, connection, plan.temporary);
  return guardEnriched(definition, connection, plan);
}

interface Ending {
  readonly copied: CopyResult;
  readonly enriched?: SyncResult['enriched'];
  readonly changed: Changed | undefined;
}

function finished(
  { definition, phases }: SyncSession,
  prepared: Prepared,
  { copied, enriched, changed }: Ending,
): SyncResult {
  const { table } = definition;
  const seconds = phases.total();
  phases.say('done', 'end', seconds, { rows: copied.rows, bytes: copied.bytes });
  return {
    name: definition.name,
    target: `${table.schema}.${table.name}`,
    format: prepared.plan.format,
    rows: copied.rows,
    rowsBefore: prepared.targetRows,
    bytes: copied.bytes,
    changed,
    enriched,
    seconds,
    phases: phases.seconds,
  };
}
