import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Driver,
  ensureServer,
  type HistoryPlace,
  openDriver,
  openLockTables,
  readDetails,
  writeHistory,
} from '../../src/adapter/index.ts';
import { fileHistory, type HistoryEntry, type LockStore, sharedHistory, sharedLocks } from '../../src/jobs/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-shared-'));
let server: Awaited<ReturnType<typeof ensureServer>>;
const drivers: Driver[] = [];

/** A machine of its own, as far as ClickHouse can tell. */
async function machine(): Promise<HistoryPlace> {
  const driver = await openDriver({ ...server, schema: 'default' }, { threads: 4, singleServer: true });
  drivers.push(driver);
  return { driver, database: 'tsdbt', cluster: undefined };
}

beforeAll(async () => {
  server = await ensureServer({ dataDir: join(dir, 'ch'), label: 'the test' });
}, 60_000);
afterAll(async () => {
  for (const driver of drivers) await driver.close();
  await server?.release();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe('a lock in ClickHouse', () => {
  let stores: readonly [LockStore, LockStore];
  beforeAll(async () => {
    const places = [await machine(), await machine()];
    const [a, b] = await Promise.all(places.map(async (place) => sharedLocks(await openLockTables(place), 60_000)));
    stores = [a!, b!];
  });

  it('is given to one of two machines that ask at the same instant, 100 times of 100', async () => {
    for (let round = 0; round < 100; round++) {
      const asked = await Promise.all(stores.map((store, i) => store.acquire(`race${round}`, `run${i}`)));
      const won = asked.flatMap((one) => ('lock' in one ? [one.lock] : []));
      expect(won, `round ${round}`).toHaveLength(1);
      await won[0]!.release();
    }
  }, 120_000);

  it('is free once released, and is no dead run’s then', async () => {
    const [first, second] = stores;
    const held = await first.acquire('job', 'one');
    expect(await second.acquire('job', 'two')).toHaveProperty('holder.runId', 'one');
    expect(await second.holder('job')).toHaveProperty('runId', 'one');
    if ('lock' in held) await held.lock.release();
    expect(await second.holder('job')).toBeUndefined();
    const next = await second.acquire('job', 'two');
    expect(next).toHaveProperty('lock.tookOver', undefined);
    if ('lock' in next) await next.lock.release();
  });

  it('that nobody renews is taken over when its lease ends, and its holder notices', async () => {
    const tables = await openLockTables(await machine());
    const elsewhere = { ...tables, create: foreign(tables.create), write: foreign(tables.write) };
    const gone = await sharedLocks(elsewhere, 1).acquire('late', 'one');
    await expect.poll(async () => 'lock' in (await stores[0].acquire('late', 'two'))).toBe(true);
    expect('lock' in gone && (await gone.lock.renew())).toBe(false);
  });

  it('leaves one table for each job', async () => {
    const { rows } = await drivers[0]!.query(
      "select name from system.tables where database = 'tsdbt' and name like 'lock.job.%'",
    );
    expect(rows).toHaveLength(1);
  });
});

/** A holder whose processes this machine cannot see. */
function foreign(
  keep: (name: string, generation: number, text: string) => Promise<unknown>,
): (name: string, generation: number, text: string) => Promise<never> {
  return (name, generation, text) =>
    keep(name, generation, JSON.stringify({ ...JSON.parse(text), host: 'another' })) as Promise<never>;
}

describe('the history in ClickHouse', () => {
  const run = { project: 'p', target: 't', invocation: 'i', command: 'job run', job: 'j', window: '' };
  const entry = (id: string, at: string): HistoryEntry => ({ job: 'j', run: id, at, event: 'started', pid: 1 });

  function historyOf(place: HistoryPlace, name: string, failed: (why: string) => void = () => {}) {
    return sharedHistory(
      fileHistory(join(dir, name)),
      {
        write: (entries) =>
          writeHistory(
            place,
            run,
            entries.map((one) => ({
              node: 'job.p.j',
              relation: '',
              status: 'started',
              ago: 0,
              seconds: 0,
              rows: null,
              bytes: null,
              reason: '',
              detail: JSON.stringify(one),
            })),
          ),
        async read(mark) {
          const { details, mark: next } = await readDetails(place, { project: 'p', kind: 'job', days: 8, mark });
          return { entries: details.map((text) => JSON.parse(text) as HistoryEntry), mark: next };
        },
      },
      failed,
    );
  }

  it('has what every machine did, once, in order', async () => {
    const [a, b] = [historyOf(await machine(), 'a'), historyOf(await machine(), 'b')];
    a.append(entry('1', '2026-06-30T10:00:00.000Z'));
    b.append(entry('2', '2026-06-30T09:00:00.000Z'));
    for (const history of [a, b, a, b]) await history.exchange!();
    a.append(entry('3', '2026-06-30T11:00:00.000Z'));
    for (const history of [a, b]) await history.exchange!();
    for (const history of [a, b]) expect(history.since(0).map((one) => one.run)).toEqual(['2', '1', '3']);
  });

  it('that cannot be reached is told once, and what waits goes later', async () => {
    const place = await machine();
    const told: string[] = [];
    let isDown = true;
    const driver = {
      ...place.driver,
      query: (...args: Parameters<Driver['query']>) =>
        isDown ? Promise.reject(new Error('down')) : place.driver.query(...args),
      insertStream: (...args: Parameters<Driver['insertStream']>) =>
        isDown ? Promise.reject(new Error('down')) : place.driver.insertStream(...args),
    };
    const history = historyOf({ ...place, driver }, 'c', (why) => told.push(why));
    history.append(entry('4', '2026-06-30T12:00:00.000Z'));
    await history.exchange!();
    await history.exchange!();
    expect(told).toEqual(['down']);
    isDown = false;
    await history.exchange!();
    const other = historyOf(await machine(), 'd');
    await other.exchange!();
    expect(other.since(0).map((one) => one.run)).toContain('4');
  });
});
