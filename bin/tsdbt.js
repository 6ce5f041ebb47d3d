#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// A command is over in a second: optimizing what has run for a moment only costs more than it gives (measured: a quarter of
// the CPU time of a parse). What runs four times as long still is.
setFlagsFromString('--interrupt-budget=500000');

import('../dist/cli.js').then(
  ({ start }) => start(process.argv.slice(2)),
  (error) => {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('tsdbt has not been built: run `npm ci` (or `npm run prepare`) in its folder.');
    process.exitCode = 2;
  },
);
