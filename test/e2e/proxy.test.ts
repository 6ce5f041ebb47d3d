import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chaos, chaos } from '../soak/chaos.ts';
import { count } from '../soak/support.ts';

// `npm run soak:proxy` takes 500.
const RUNS = count('TSDBT_PROXY_RUNS', 2);
const SEED = count('TSDBT_SEED', 20261122);

let project: Chaos;

beforeAll(async () => {
  project = await chaos();
}, 120_000);

afterAll(async () => {
  await project?.remove();
}, 60_000);

it(
  `after each of ${RUNS} runs through a proxy that cuts, delays, truncates and answers 500, a clean run leaves every table right and nothing else`,
  async () => {
    let faults = 0;
    let failed = 0;
    for (let run = 0; run < RUNS; run++) {
      const told = await project.step(SEED + run);
      faults += told.faults;
      if (told.failed) failed++;
      if (RUNS > 20) process.stderr.write(`${run + 1} of ${RUNS}: ${told.faults} faults, ${failed} runs failed\n`);
    }
    expect(faults).toBeGreaterThan(0);
  },
  120_000 * RUNS,
);
