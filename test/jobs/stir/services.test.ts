import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stir, startStir } from './stir.ts';

const START = '2026-06-30T12:00:00Z';

let stir: Stir;
beforeAll(async () => {
  // Each batch's first answer is a fault, every fourth of another kind.
  const seen = new Set<string>();
  const fault = ({ key }: { readonly key: string }, n: number) => {
    if (seen.has(key)) return undefined;
    seen.add(key);
    return (['error', 'busy', 'lost', undefined] as const)[n % 4];
  };
  stir = await startStir({ accounts: 60, days: 30, start: START, crawler: { fault } });
}, 240_000);
afterAll(() => stir?.remove(), 60_000);

/** Of sixty creators none may be of such a kind at that hour. */
const MAY_BE_EMPTY = [
  'instagram_profiles_all',
  'instagram_profiles_private',
  'instagram_profiles_rising',
  'instagram_profiles_new',
  'youtube_channels_all',
  'youtube_channels_new',
  'youtube_channels_hidden',
  'ops_expire_stuck_requests',
  'ops_forget_credentials',
  'ops_announce_campaign_ends',
  'ops_close_share_links',
];

it('each of the 50 jobs sends its rows, each once, through a service that fails at first', async () => {
  const posting = stir.jobs.filter(({ steps }) => steps[0]?.kind === 'post');
  expect(posting).toHaveLength(50);
  const now = Date.parse(START);
  const { signal } = new AbortController();
  for (const job of posting) {
    const before = stir.crawler.done.length;
    const [step] = job.steps;
    const outcome = await stir.run(job, step!, now, signal);
    expect(outcome, job.name).toMatchObject({ ok: true });
    const sent = stir.crawler.done.slice(before);
    expect(sent.length, job.name).toBe(outcome.units[0]!.rows);
    if (!MAY_BE_EMPTY.includes(job.name)) expect(sent.length, job.name).toBeGreaterThan(0);
    const key = step!.kind === 'post' ? step!.post.key : [];
    const keys = sent.map(({ row }) => JSON.stringify(key.map((column) => row[column])));
    expect(new Set(keys).size, job.name).toBe(keys.length);
  }
  const [ledger] = await stir.rows("select count(), countIf(state = 'sent') from tsdbt.delivery_ledger final");
  expect(ledger).toEqual([stir.crawler.done.length, stir.crawler.done.length]);
  for (const { headers } of stir.crawler.requests) expect(headers.authorization).toBe('Bearer very-secret');
}, 240_000);
