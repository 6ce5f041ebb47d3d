import { defineConfig } from 'vitest/config';

/** The long runs have npm scripts of their own, which say how long. */
const isSoak = ['TSDBT_KILLS', 'TSDBT_STEPS'].some((name) => process.env[name] !== undefined);

/** In a browser: npm run test:site. */
const isSite = process.env['TSDBT_SITE'] !== undefined;

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/bench/**',
      '**/node_modules/**',
      '**/fixtures/**',
      ...(isSoak ? [] : ['test/soak/**']),
      ...(isSite ? [] : ['test/site/**']),
    ],
    globalSetup: ['.config/vitest-setup.ts'],
    setupFiles: ['.config/vitest-each.ts'],
    // A machine that CI shares may stall a server for longer than a test waits; a fault fails twice.
    retry: process.env['CI'] === undefined ? 0 : 1,
    // What takes long here waits for servers; the default of one worker on two cores leaves the other idle.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
