import type { SyncResult } from '../sync/index.ts';
import { inputOf } from './call-input.ts';
import { connect, type Database } from './database.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import { postgresFor } from './postgres.ts';
import type { Request } from './request.ts';
import { exitCode, runNodes } from './run-nodes.ts';
import { runNamedSyncs } from './sync.ts';
import { openSyncs } from './sync-nodes.ts';

const SOURCES = { accounts: 2000, days: 120, seed: 42, only_if_missing: true };

/** The reference project's main job: source data if there is none, models and tests, Postgres, every sync, a summary. */
export async function demo(request: Request): Promise<number> {
  const began = performance.now();
  const session = await openProject({ ...request, which: 'build' });
  // A mistake in a definition is told before the models are built.
  const { all } = await openSyncs(session);
  const definitions = all.map(({ definition }) => definition);
  const database = await connect(session);
  // Starts while the models are built. If it cannot, the syncs will say why.
  const postgres = postgresFor(session.project, session.request, definitions).catch(() => undefined);
  try {
    await inventSources(session, database);
    const outcome = await runNodes(session, database, await chooseNodes(session));
    const code = exitCode(outcome, request);
    if (code !== 0) return code;
    const synced = await runNamedSyncs(session, database, []);
    if (synced.results.length < all.length) return 1;
    say(request, summary(outcome.results.length, synced.results, (performance.now() - began) / 1000));
    return 0;
  } finally {
    await (await postgres)?.release();
    await database.close();
  }
}

/** Stir's raw data is invented by a macro of the project, inside ClickHouse; data that is there stays. */
async function inventSources(session: Session, database: Database): Promise<void> {
  const { runOperation } = await import('../execute/index.ts');
  await runOperation(await inputOf(session, database), 'generate_sources', SOURCES);
}

function summary(nodes: number, synced: readonly SyncResult[], seconds: number): string {
  const width = Math.max(...synced.map(({ target }) => target.length));
  const lines = synced.map(({ target, rows, enriched }) => {
    const found =
      enriched === undefined || enriched.keys === 0 ? '' : `, ${share(enriched.found, enriched.keys)} enriched`;
    return `  ${target.padEnd(width)} ${String(rows).padStart(9)} rows${found}`;
  });
  return [
    '',
    `${nodes} models, tests and hooks ran; arrived in Postgres:`,
    ...lines,
    `All of it in ${seconds.toFixed(1)} s.`,
    '',
    'Try next:',
    '  npx tsdbt ls --select +mart_leaderboard                     what the leaderboard rests on',
    "  npx tsdbt run-operation advance --args '{hours: 6}'         six hours pass: new posts, late metrics",
    '  npx tsdbt build                                             takes the incremental path',
    '  npx tsdbt run --select tag:core --exclude tag:deprecated    what the job dbt_core runs',
    '  npx tsdbt sync run leaderboard                              push one mart again',
  ].join('\n');
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function say(request: Request, msg: string): void {
  request.emit({ name: 'PrintEvent', data: { msg } });
}
