import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryLedger, type Driver, ensureServer, openDriver, openLedger } from '../../src/adapter/index.ts';
import { type Clock, deliver, type Post, type StepOutcome } from '../../src/jobs/index.ts';
import { type Crawler, type CrawlerOptions, startCrawler } from './support/crawler.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsdbt-post-'));
let server: Awaited<ReturnType<typeof ensureServer>>;
let driver: Driver;
let ledger: DeliveryLedger;
let crawler: Crawler;
let clock: Clock;
let stop: AbortController;
let delivery = 0;
let claims = 0;

beforeAll(async () => {
  server = await ensureServer({ dataDir: join(dir, 'ch'), label: 'the test' });
  driver = await openDriver({ ...server, schema: 'default' }, { threads: 4, singleServer: true });
  ledger = await openLedger({ driver, database: 'tsdbt', cluster: undefined });
}, 60_000);
afterAll(async () => {
  await driver?.close();
  await server?.release();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);
beforeEach(() => {
  delivery++;
  clock = leaping(Date.parse('2026-06-30T12:00:00Z'));
  stop = new AbortController();
});
afterEach(() => crawler?.close());

const POST: Post = {
  name: 'refresh',
  rows: '',
  key: ['id'],
  to: 'crawler',
  path: '/profiles',
  batch: 10,
  rate: undefined,
  limit: 1000,
  tries: 3,
  answer: 0.5,
};
const name = () => ({ project: 'p', target: 't', delivery: `refresh${delivery}` });
const NUMBERS = (count: number, from = 0): string =>
  `select ${from} + number as id, 'x' as word from numbers(${count})`;

async function begin(options?: CrawlerOptions): Promise<void> {
  crawler = await startCrawler(options);
}

function send(sql: string, more: Partial<Post> = {}): Promise<StepOutcome> {
  const post = { ...POST, ...more };
  const { key, batch, limit } = post;
  const claim = { id: `c${String(claims++).padStart(4, '0')}`, sql, key, batch, limit };
  const bound = {
    claim: () => ledger.claim(name(), claim),
    open: () => ledger.open(name()),
    mark: (letters: Parameters<DeliveryLedger['mark']>[1]) => ledger.mark(name(), letters),
  };
  const service = { url: `${crawler.url}/api/`, headers: { authorization: 'Bearer very-secret' } };
  return deliver(post, { ledger: bound, service, clock, signal: stop.signal });
}

/** Sleeps take no time, and are told. */
function leaping(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += Math.max(0, ms);
    },
  };
}

const counts = async () => (await ledger.counts(name())).find((one) => one.delivery === name().delivery);
const ids = (): number[] => crawler.done.map(({ row }) => Number(row['id'])).sort((a, b) => a - b);
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('rows of a query', () => {
  it('are sent in batches, each once, and never again', async () => {
    await begin();
    expect(await send(NUMBERS(25))).toMatchObject({ ok: true, units: [{ rows: 25 }] });
    expect(crawler.requests.map(({ rows }) => rows.length)).toEqual([10, 10, 5]);
    expect(crawler.requests[0]).toMatchObject({
      path: '/api/profiles',
      headers: { authorization: 'Bearer very-secret' },
    });
    expect(crawler.requests[0]!.rows[3]).toEqual({ id: 3, word: 'x' });
    expect(new Set(crawler.requests.map(({ key }) => key)).size).toBe(3);
    expect(await send(NUMBERS(27))).toMatchObject({ units: [{ rows: 2 }] });
    expect(ids()).toEqual(range(27));
    expect(await counts()).toMatchObject({ sent: 27, open: 0, dead: 0 });
  });

  it('are as the query has them: order, types, text of any kind', async () => {
    await begin();
    const text = 'a "quote" \\ tab\t नमस्ते 🎉';
    const sql = `select toUInt64(18446744073709551615) as id, ${`'${text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t')}'`} as t, nan as n, [1, 2] as a, toDate('2026-06-30') as d, CAST(NULL, 'Nullable(String)') as missing -- the end`;
    expect((await send(sql)).ok).toBe(true);
    expect(crawler.requests[0]!.rows[0]).toMatchObject({ t: text, n: null, a: [1, 2], d: '2026-06-30', missing: null });
    expect((await send('select number as id from numbers(30) order by id desc', { batch: 4 })).ok).toBe(true);
    const firsts = crawler.requests.slice(1).map(({ rows }) => Math.max(...rows.map(({ id }) => Number(id))));
    expect(firsts).toEqual([29, 25, 21, 17, 13, 9, 5, 1]);
  });

  it('may have a key of several columns, and one row of each key is sent', async () => {
    await begin();
    const sql = "select arrayJoin(['a', 'b', 'a']) as handle, toDate('2026-06-30') as due_on";
    expect(await send(sql, { key: ['handle', 'due_on'] })).toMatchObject({ units: [{ rows: 2 }] });
    const later = "select 'a' as handle, toDate('2026-07-01') as due_on";
    expect(await send(later, { key: ['handle', 'due_on'] })).toMatchObject({ units: [{ rows: 1 }] });
  });

  it('without a key, or with a key that is not there, are an error that says so', async () => {
    await begin();
    await expect(send('select 1 as x')).rejects.toThrow("no column 'id'");
    await expect(send('select CAST(NULL, $$Nullable(UInt8)$$) as id')).rejects.toThrow(
      /no id: NULL is no key|NULL is no key/,
    );
    expect(crawler.requests).toHaveLength(0);
  });

  it('are sent no faster than the rate, and no more than the limit', async () => {
    await begin();
    const began = clock.now();
    await send(NUMBERS(100), { rate: 2, limit: 40 });
    expect(clock.now() - began).toBe(15_000);
    expect(ids()).toHaveLength(40);
    expect(await ledger.due(name(), { sql: NUMBERS(100), key: ['id'] })).toBe(60);
  });
});

describe('a service that fails', () => {
  it('is asked again after a while, as it wishes, and works on each row once', async () => {
    const faults = ['error', 'busy', undefined, 'lost', undefined, 'hang', undefined] as const;
    await begin({ fault: (_, n) => faults[n] });
    const began = clock.now();
    expect(await send(NUMBERS(30))).toMatchObject({ ok: true, units: [{ rows: 30 }] });
    expect(ids()).toEqual(range(30));
    expect(clock.now() - began).toBe(1000 + 2000 + 1000 + 1000);
    expect(new Set(crawler.requests.map(({ key }) => key)).size).toBe(3);
    expect(await counts()).toMatchObject({ sent: 30, open: 0 });
  });

  it('for good leaves all rows open, none dead, and a later run sends them', async () => {
    let isDown = true;
    await begin({ fault: () => (isDown ? 'error' : undefined) });
    const ended = await send(NUMBERS(100));
    expect(ended).toMatchObject({
      ok: false,
      message: expect.stringContaining('0 rows sent, 100 left; crawler does not take them: HTTP 500 out of proxies'),
    });
    expect(crawler.requests).toHaveLength(9);
    expect(await counts()).toMatchObject({ sent: 0, open: 100, dead: 0 });
    isDown = false;
    expect(await send(NUMBERS(100))).toMatchObject({ ok: true, units: [{ rows: 100 }] });
    expect(ids()).toEqual(range(100));
  });

  it('that lets nobody in is left alone at once, and what it says of the secret is not shown', async () => {
    await begin({ fault: () => 'closed' });
    const ended = await send(NUMBERS(30));
    expect(ended.message).toBe('refresh: 0 rows sent, 30 left; crawler does not take them: HTTP 401 who is *****?');
    expect(crawler.requests).toHaveLength(1);
  });

  it('ends with the run’s time, and what is open stays so', async () => {
    await begin({ fault: (_, n) => (n === 1 ? 'hang' : undefined) });
    const sending = send(NUMBERS(30), { answer: 600 });
    await expect.poll(() => crawler.requests.length).toBe(2);
    stop.abort();
    expect(await sending).toMatchObject({
      ok: false,
      message: expect.stringContaining('10 rows sent, 20 left; stopped'),
    });
    stop = new AbortController();
    expect(await send(NUMBERS(30))).toMatchObject({ ok: true, units: [{ rows: 20 }] });
    expect(ids()).toEqual(range(30));
  });
});

describe('a dead letter', () => {
  const isBad = ({ id }: Readonly<Record<string, unknown>>): boolean => id === 7 || id === 18;

  it('is a row that the service refuses; those beside it arrive', async () => {
    await begin({ refuses: isBad });
    const ended = await send(NUMBERS(25));
    expect(ended).toMatchObject({
      ok: true,
      units: [{ rows: 23 }, { name: '7', status: 'dead' }, { name: '18', status: 'dead' }],
    });
    expect(ids()).toEqual(range(25).filter((id) => id !== 7 && id !== 18));
    const dead = await ledger.dead(name(), name().delivery, 10);
    expect(dead.map(({ key, reason }) => [key, reason])).toEqual([
      ['7', 'HTTP 422 cannot read {"id":7,"word":"x"}'],
      ['18', 'HTTP 422 cannot read {"id":18,"word":"x"}'],
    ]);
    expect(await send(NUMBERS(25))).toMatchObject({ ok: true, units: [{ rows: 0 }] });
  });

  it('can be opened again', async () => {
    let refuses = true;
    await begin({ refuses: (row) => refuses && isBad(row) });
    await send(NUMBERS(25));
    refuses = false;
    const dead = await ledger.dead(name(), name().delivery, 10);
    await ledger.mark(
      name(),
      dead.map((letter) => ({ ...letter, state: 'open' as const })),
    );
    expect(await send(NUMBERS(25))).toMatchObject({ ok: true, units: [{ rows: 2 }] });
    expect(ids()).toEqual(range(25));
  });

  it('is a batch that is never taken while others are, whole and told apart from a service that is down', async () => {
    await begin({ fault: ({ rows }) => (rows.some(isBad) ? 'error' : undefined) });
    expect(await send(NUMBERS(10))).toMatchObject({ ok: false });
    expect(await counts()).toMatchObject({ open: 10, dead: 0 });
    const next = await send(NUMBERS(10, 30));
    expect(next).toMatchObject({ ok: true, units: [{ rows: 10 }, ...Array(10).fill({ status: 'dead' })] });
    expect(await counts()).toMatchObject({ sent: 10, open: 0, dead: 10 });
  });
});
