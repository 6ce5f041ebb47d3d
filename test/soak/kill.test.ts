import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PrivateServer } from '../../src/adapter/index.ts';
import { rowsOf } from '../compare/stir/server.ts';
import { type Tables, tablesOf } from '../compare/stir/tables.ts';
import { BIN, type Checkout } from '../e2e/checkout.ts';
import { randomFrom } from './chaos.ts';
import { count, hoursLater, inSchema, stir, succeed } from './support.ts';

// `npm run soak:kill` kills twenty times.
const KILLS = count('TSDBT_KILLS', 3);
const SEED = count('TSDBT_SEED', 20260630);
/** In between so much time passes in the sources that old and new tables differ. */
const HOURS = 3;

let project: Checkout;
let server: PrivateServer;
/** Tables of an undisturbed build, in a schema of its own. */
let whole: Tables;
let buildMs: number;

beforeAll(async () => {
  ({ project, server } = await stir('{accounts: 60, days: 30, seed: 11}'));
  await undisturbed(0);
  const began = performance.now();
  await succeed(project, 'build', '--vars', hoursLater(0));
  buildMs = performance.now() - began;
}, 600_000);

afterAll(async () => {
  await server?.release();
  // Sixty builds leave some hundred thousand files behind.
  await project?.remove();
}, 300_000);

it(
  `after each of ${KILLS} kills every table is the old one or the new one, and the next run leaves nothing of the dead`,
  async () => {
    const random = randomFrom(SEED);
    let killed = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = whole;
      await succeed(project, 'run-operation', 'advance', '--args', `{hours: ${HOURS}}`);
      await undisturbed(kill);
      const after = Math.round(random() * buildMs);
      if (await buildAndKill(kill, after)) killed++;
      await quiet();
      const found = await tablesOf(server, 'dbt');
      const half = Object.keys(before).filter((name) => !same(found, before, name) && !same(found, whole, name));
      expect(half, `killed after ${after} ms`).toEqual([]);

      await succeed(project, 'build', '--vars', hoursLater(kill * HOURS));
      const healed = await tablesOf(server, 'dbt');
      expect(Object.keys(healed), `killed after ${after} ms`).toEqual(Object.keys(whole));
      expect(
        Object.keys(whole).filter((name) => !same(healed, whole, name)),
        `killed after ${after} ms`,
      ).toEqual([]);
      expect(await databases()).toEqual(['_e', 'beat_replica', 'coffee', 'dbt', 'tsdbt', 'undisturbed', 'vidooly']);
    }
    expect(killed).toBeGreaterThan(0);
  },
  300_000 * KILLS,
);

/** Builds in the schema that nobody disturbs and keeps what it holds. */
async function undisturbed(step: number): Promise<void> {
  await succeed(project, 'run', '--vars', hoursLater(step * HOURS), ...inSchema(project, 'undisturbed'));
  whole = await tablesOf(server, 'undisturbed');
}

/** Whether the build was still running when the time had come. */
async function buildAndKill(step: number, afterMs: number): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, [BIN, 'build', '--vars', hoursLater(step * HOURS)], {
    cwd: project.dir,
    stdio: 'ignore',
  });
  const ended = new Promise<boolean>((resolve) => child.on('close', (_, signal) => resolve(signal === 'SIGKILL')));
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const wasKilled = await ended;
  clearTimeout(timer);
  return wasKilled;
}

/** Waits for statements of the dead: the server may go on with what it was told. One statement is what keeps the private server alive. */
async function quiet(): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const running = await rowsOf(
      server,
      "select query from system.processes where query_id != queryID() and query not like '%file(%LineAsString%'",
    );
    if (running.length === 0) return;
    if (performance.now() > deadline) throw new Error(`Statements of the dead go on: ${running.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function same(found: Tables, expected: Tables, name: string): boolean {
  const [one, other] = [found[name], expected[name]];
  return one !== undefined && other !== undefined && one.rows === other.rows && `${one.columns}` === `${other.columns}`;
}

async function databases(): Promise<string[]> {
  const rows = await rowsOf(
    server,
    "select name from system.databases where lower(name) not in ('system', 'information_schema', 'default') order by name",
  );
  return rows.map(([name = '']) => name);
}
