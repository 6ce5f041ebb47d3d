import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureServer, type PrivateServer } from '../../src/adapter/index.ts';
import { type Checkout, checkout } from '../e2e/checkout.ts';

const NOW = '{as_of: "2026-06-30 12:00:00"}';
const SIZE = '{accounts: 400, days: 60, seed: 7}';

let project: Checkout;
let server: PrivateServer;

beforeAll(async () => {
  project = checkout();
  server = await ensureServer({ dataDir: join(project.dir, 'project/.tsdbt/clickhouse'), label: 'the test' });
  await invent(SIZE);
}, 240_000);

afterAll(async () => {
  await server?.release();
  await project?.remove();
}, 60_000);

describe('the invented world', () => {
  it('has few big creators and many small ones', async () => {
    const [small, median, big] = await row(
      'select quantilesExact(0.1, 0.5, 0.99)(followers) as q, q[1], q[2], q[3] from beat_replica.instagram_account',
    ).then((cells) => cells.slice(1).map(Number) as [number, number, number]);
    expect(median / small).toBeGreaterThan(5);
    expect(big / median).toBeGreaterThan(50);
  });

  it('posts by the rhythm of the week', async () => {
    const [monday, saturday] = (
      await row(
        'select countIf(toDayOfWeek(publish_time) = 1), countIf(toDayOfWeek(publish_time) = 6) from beat_replica.instagram_post_simple',
      )
    ).map(Number) as [number, number];
    expect(saturday / monday).toBeGreaterThan(1.3);
  });

  it('grows by compounding: over each fortnight by about the same factor, whatever there was before', async () => {
    const [creators, difference] = (
      await row(`
      select count(), quantileExact(0.5)(abs(log(third / second) - log(second / first)))
      from (
        select
          profile_id,
          maxIf(followers, day = 140) as first, maxIf(followers, day = 154) as second, maxIf(followers, day = 168) as third
        from (
          select profile_id, toDayOfYear(event_timestamp) as day, JSONExtractInt(metrics, 'followers') as followers
          from _e.profile_log_events
          where platform = 'INSTAGRAM'
        )
        group by profile_id
        having first > 1000 and second > 0 and third > 0
      )`)
    ).map(Number) as [number, number];
    expect(creators).toBeGreaterThan(100);
    expect(difference).toBeLessThan(0.002);
  });

  it('is as dirty as life', async () => {
    const counts = await row(`
      select
        countIf(id is null), countIf(handle is null), countIf(likes = 0), count() - uniqExact(id, updated_at, publish_time),
        countIf(profile_id not in (select profile_id from beat_replica.instagram_account where profile_id is not null)),
        countIf(caption like '%\\n%'), countIf(caption like '%\\t%'), countIf(position(caption, '"') > 0), countIf(match(caption, '[ऀ-ॿ]')),
        (select countIf(profile_id not in (select profile_id from beat_replica.instagram_post_simple where profile_id is not null)) from beat_replica.instagram_account)
      from beat_replica.instagram_post_simple`);
    expect(counts.map(Number).filter((count) => !(count > 0))).toEqual([]);
  });

  it('is never more than four hours late, but for a marked few', async () => {
    const [all, late, tooLate] = (
      await row(`
      select count(), countIf(ingested_at - updated_at > 3600), countIf(ingested_at - updated_at > 4 * 3600)
      from beat_replica.instagram_post_simple`)
    ).map(Number) as [number, number, number];
    expect(late / all).toBeGreaterThan(0.03);
    expect(tooLate).toBeGreaterThan(0);
    expect(tooLate / all).toBeLessThan(0.01);
  });

  it('is the same for the same seed, and time passes in one step as in two', async () => {
    const first = await world();
    await advance(3);
    await advance(5);
    const inTwo = await world();
    await invent(SIZE);
    expect(await world()).toEqual(first);
    await advance(8);
    expect(await world()).toEqual(inTwo);
    expect(inTwo).not.toEqual(first);
    await invent('{accounts: 400, days: 60, seed: 8}');
    expect(await world()).not.toEqual(first);
  }, 240_000);
});

/** What has arrived in the tables that grow, whatever its order; profiles apart, of which a window keeps only the last crawl. */
async function world(): Promise<string[]> {
  const tables = [
    'beat_replica.instagram_post_simple',
    'beat_replica.youtube_video',
    'beat_replica.instagram_story',
    '_e.profile_log_events',
    '_e.post_log_events',
    'coffee.orders',
    'coffee.post_collection_item',
  ];
  return await Promise.all(
    tables.map(async (table) =>
      (await row(`select count(), sum(cityHash64(toString(tuple(*)))) from ${table}`)).join(),
    ),
  );
}

async function invent(size: string): Promise<void> {
  await succeed(['run-operation', 'generate_sources', '--args', size, '--vars', NOW]);
}

async function advance(hours: number): Promise<void> {
  await succeed(['run-operation', 'advance', '--args', `{hours: ${hours}}`, '--vars', NOW]);
}

async function succeed(args: readonly string[]): Promise<void> {
  const ended = await project.run(args);
  expect(ended, `${args.join(' ')}\n${ended.stdout.slice(-2000)}${ended.stderr}`).toMatchObject({ code: 0 });
}

/** The first row of an answer, as text. */
async function row(sql: string): Promise<string[]> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const answer = await fetch(server.url, { method: 'POST', headers: { authorization }, body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.trim().split('\t');
}
