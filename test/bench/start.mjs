// What starting costs: wall and CPU seconds of whole processes, each beside a peer or the limit set for it.
// npm run bench -- [--runs N] [--job]: with --job also the main job, on a copy of the project. `-- run`: see run.mjs.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/tsdbt.js');
const at = process.argv.indexOf('--runs');
const runs = at < 0 ? 7 : Number(process.argv[at + 1]);

if (process.argv[2] === 'run') {
  const { benchRun } = await import('./run.mjs');
  const sizes = process.argv.indexOf('--models');
  await benchRun({ runs: at < 0 ? 3 : runs, sizes: (sizes < 0 ? '112,1000' : process.argv[sizes + 1]).split(',').map(Number) });
  process.exit();
}

const rows = [
  measure('node -e 0', ['-e', '0'], 'the floor'),
  measure('tsdbt --version', [bin, '--version'], '1.5 x the floor'),
  measure('tsdbt ls', [bin, 'ls', '--quiet'], '0.4 s of CPU'),
  measure('tsdbt ls --no-partial-parse', [bin, 'ls', '--quiet', '--no-partial-parse'], ''),
];
if (process.argv.includes('--job')) rows.push(measureJob());
console.table(rows);

function measure(what, args, limit) {
  const samples = Array.from({ length: runs }, () => once(args, root));
  return row(what, samples, limit);
}

/** The main job from nothing: no data, no server, no cache. */
function measureJob() {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));
  try {
    for (const part of ['project', 'models', 'macros', 'profiles']) {
      cpSync(join(root, part), join(folder, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.includes('.tsdbt') && !path.includes('/target'),
      });
    }
    return row('npm start, from nothing', [once([bin, 'demo', '--quiet'], folder)], '40 s on 2 cores');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function once(args, cwd) {
  const cpu = childCpu();
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const wall = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.slice(0, 500)}`);
  return { wall, cpu: childCpu() - cpu };
}

/** CPU seconds of all children that have ended: cutime and cstime of /proc/self/stat, in hundredths. */
function childCpu() {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function row(what, samples, limit) {
  const of = (key) => samples.map((one) => one[key]).sort((a, b) => a - b);
  const show = (value) => Number(value.toFixed(3));
  const [wall, cpu] = [of('wall'), of('cpu')];
  const middle = Math.floor(samples.length / 2);
  return {
    what,
    'wall min': show(wall[0]),
    'wall median': show(wall[middle]),
    'cpu min': show(cpu[0]),
    'cpu median': show(cpu[middle]),
    limit,
  };
}
