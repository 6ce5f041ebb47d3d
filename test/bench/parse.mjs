// npm run bench -- parse [--sizes 112,1000,10000] [--runs N]: CPU seconds and memory of `parse` on generated projects, from
// nothing and with nothing changed, and of `ls --select tag:x`; beside them the peers, measured on a quiet machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/tsdbt.js');
const usage = new URL('usage.mjs', import.meta.url).href;

// CPU seconds cold and warm, peak megabytes; the Rust engine keeps no cache.
const PEERS = {
  'dbt-core 1.12': { 112: [5.4, 2.6, 131], 1000: [18.6, 4.4, 190], 10000: [154, 21, 815] },
  'dbt v2 (Rust)': { 112: [0.45, 0.45, 109], 1000: [3.5, 3.5, 230], 10000: [37, 37, 1196] },
  'to reach': { 112: [0.45, 0.25, 120], 1000: [1.7, 0.4, 250], 10000: [15, 1.5, 900] },
};

export function benchParse(args) {
  const option = (name, fallback) => (args.includes(name) ? args[args.indexOf(name) + 1] : fallback);
  const sizes = option('--sizes', '112,1000,10000').split(',').map(Number);
  const runs = Number(option('--runs', '3'));
  const rows = sizes.map((size) => ({ size, ...measure(size, runs) }));
  console.table(rows);
  console.table(Object.entries(PEERS).flatMap(([peer, figures]) => sizes.flatMap((size) => peerRow(peer, size, figures))));
  for (const what of ['cold', 'warm']) console.log(`${what}: time grows with size to the power of ${exponent(rows, what)}`);
  console.log(`load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores: other work makes CPU seconds more`);
}

function measure(size, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-parse-'));
  try {
    generate(folder, size);
    const best = (args, count = runs) => Array.from({ length: count }, () => once(folder, args)).sort((a, b) => a.cpu - b.cpu)[0];
    const cold = best(['parse', '--no-partial-parse'], size > 5000 ? 1 : runs);
    const warm = best(['parse']);
    const ls = best(['ls', '--select', 'tag:mart', '--quiet']);
    const show = (value) => Number(value.toFixed(2));
    return { cold: show(cold.cpu), warm: show(warm.cpu), ls: show(ls.cpu), MB: Math.round(cold.megabytes) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function once(cwd, args) {
  const file = join(cwd, 'usage.json');
  const env = { ...process.env, TSDBT_BENCH_USAGE: file };
  const { status, stderr } = spawnSync(process.execPath, ['--import', usage, bin, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`tsdbt ${args.join(' ')} ended with ${status}: ${stderr.slice(0, 500)}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function peerRow(peer, size, figures) {
  const known = figures[size];
  return known === undefined ? [] : [{ peer, size, cold: known[0], warm: known[1], MB: known[2] }];
}

/** Of the line through the smallest and the largest size in logarithms: 1 is linear. */
function exponent(rows, what) {
  const [first, last] = [rows[0], rows.at(-1)];
  return (Math.log(last[what] / first[what]) / Math.log(last.size / first.size)).toFixed(2);
}
