import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrivateServer } from '../../src/adapter/index.ts';
import { rowsOf } from '../compare/stir/server.ts';
import { tablesOf } from '../compare/stir/tables.ts';
import type { Checkout } from '../e2e/checkout.ts';
import { count, hoursLater, inSchema, stir, succeed } from './support.ts';

// `npm run soak:steps` takes ten.
const STEPS = count('TSDBT_STEPS', 3);
const HOURS = 6;
const INCREMENTAL = ['--select', 'config.materialized:incremental'];
/** Rows by key of those models that read what comes late, and the source that marks the late ones. */
const LATE = {
  stg_beat_instagram_post: 'beat_replica.instagram_post_simple',
  stg_beat_youtube_video: 'beat_replica.youtube_video',
};

let project: Checkout;
let server: PrivateServer;
let last: string;

beforeAll(async () => {
  ({ project, server } = await stir('{accounts: 200, days: 30, seed: 11}'));
  await succeed(project, 'run', ...INCREMENTAL, '--vars', hoursLater(0));
  for (let step = 1; step <= STEPS; step++) {
    await succeed(project, 'run-operation', 'advance', '--args', `{hours: ${HOURS}}`);
    await succeed(project, 'run', ...INCREMENTAL, '--vars', hoursLater(step * HOURS));
  }
  last = hoursLater(STEPS * HOURS);
  await succeed(project, 'run', ...INCREMENTAL, '--vars', last, ...inSchema(project, 'at_once'));
}, 1_200_000);

afterAll(async () => {
  await server?.release();
  await project?.remove();
}, 60_000);

describe(`incremental models after ${STEPS} steps`, () => {
  it('hold what one build from scratch holds, as FINAL reads it', async () => {
    const [inSteps, atOnce] = [await tablesOf(server, 'dbt'), await tablesOf(server, 'at_once')];
    const names = Object.keys(atOnce);
    expect(names).toHaveLength(5);
    expect(Object.keys(inSteps)).toEqual(names);
    for (const name of names.filter((one) => !(one in LATE))) expect(inSteps[name], name).toEqual(atOnce[name]);
  });

  it.each(Object.entries(LATE))(
    '%s lacks nothing but what its source marks as later than four hours',
    async (model, source) => {
      const marked = `select id from ${source} where ingested_at - updated_at > 4 * 3600`;
      const [[rows, late, missed, others] = []] = await rowsOf(
        server,
        `with (select count() from (${marked})) as late,
      whole as (select * from at_once.${model} final where id is not null),
      stepwise as (select * from dbt.${model} final where id is not null),
      different as (select id from (select * from whole except select * from stepwise) union distinct select id from (select * from stepwise except select * from whole))
      select
        (select count() from whole),
        late,
        (select count() from different where id in (${marked})),
        (select count() from different where id not in (${marked}))`,
      );
      expect(Number(rows)).toBeGreaterThan(100);
      expect(Number(late), 'marked').toBeGreaterThan(0);
      expect({ missed: Number(missed) <= Number(late), others: Number(others) }).toEqual({ missed: true, others: 0 });
    },
  );
});
