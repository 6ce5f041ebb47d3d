#!/usr/bin/env node
import('../dist/cli.js').then(
  ({ start }) => start(process.argv.slice(2)),
  (error) => {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('tsdbt has not been built: run `npm ci` (or `npm run prepare`) in its folder.');
    process.exitCode = 2;
  },
);
