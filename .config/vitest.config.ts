import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', '**/node_modules/**', '**/fixtures/**'],
    globalSetup: ['.config/vitest-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
