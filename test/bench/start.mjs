// What starting costs: wall and CPU seconds of whole processes, each beside a peer or the limit set for it.
// npm run bench -- [--runs N] [--job]: with --job also the main job, on a copy of the project, with the server's CPU and tsdbt's memory;
// `-- run`: see run.mjs; `-- check`: see check.mjs; `-- events`: see events.ts; `-- sync`: see sync.ts; `-- site`: see test/site/bench.ts.
// npm run bench -- jinja [--runs N]: the template engine beside nunjucks and Jinja2.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/tsdbt.js');
const at = process.argv.indexOf('--runs');
const runs = at < 0 ? 7 : Number(process.argv[at + 1]);

const BUNDLED = { events: 'test/bench/events.ts', sync: 'test/bench/sync.ts', site: 'test/site/bench.ts' };
const bundled = BUNDLED[process.argv[2]];
if (bundled !== undefined) {
  const args = ['.config/run-ts.mjs', bundled, ...process.argv.slice(3)];
  process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
}

if (process.argv[2] === 'run') {
  const { benchRun } = await import('./run.mjs');
  const sizes = process.argv.indexOf('--models');
  await benchRun({ runs: at < 0 ? 3 : runs, sizes: (sizes < 0 ? '112,1000' : process.argv[sizes + 1]).split(',').map(Number) });
  process.exit();
}

if (process.argv[2] === 'check') {
  const { benchCheck } = await import('./check.mjs');
  const size = process.argv.indexOf('--models');
  benchCheck({ runs: at < 0 ? 3 : runs, models: size < 0 ? 1000 : Number(process.argv[size + 1]) });
  process.exit();
}

if (process.argv.includes('jinja')) {
  const args = ['.config/run-ts.mjs', 'test/bench/jinja/start.ts', ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
}

if (process.argv[2] === 'parse') {
  const { benchParse } = await import('./parse.mjs');
  benchParse(process.argv.slice(3));
  process.exit();
}

const rows = [
  measure('node -e 0', ['-e', '0'], 'the floor'),
  measure('tsdbt --version', [bin, '--version'], '1.5 x the floor'),
  measureOneModel('tsdbt ls of one model', '0.2 s of CPU'),
  measure('tsdbt ls', [bin, 'ls', '--quiet'], '0.4 s of CPU'),
  measure('tsdbt ls --no-partial-parse', [bin, 'ls', '--quiet', '--no-partial-parse'], ''),
];
console.table(rows);
if (process.argv.includes('--job')) console.table(measureJob());

function measure(what, args, limit) {
  const samples = Array.from({ length: runs }, () => once(args, root));
  return row(what, samples, limit);
}

/** As a scheduler calls it: the project was read before. */
function measureOneModel(what, limit) {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-one-'));
  try {
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'models/one.sql'), 'select 1 as one\n');
    writeFileSync(join(folder, 'dbt_project.yml'), 'name: one\nversion: "1.0"\nprofile: one\n');
    writeFileSync(join(folder, 'profiles.yml'), 'one: {target: dev, outputs: {dev: {type: clickhouse, schema: one, host: localhost}}}\n');
    const args = [bin, 'ls', '--quiet'];
    once(args, folder);
    return row(what, Array.from({ length: runs }, () => once(args, folder)), limit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The main job's parts, one after the other, on a server of their own that knows nothing yet. */
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
    const tsdbt = (...args) => spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
    tsdbt('server', 'start');
    const server = /pid (\d+)/.exec(tsdbt('server', 'status').stdout)?.[1];
    const measured = (what, args, limit) => jobRow(folder, server, what, args, limit);
    const sources = ['run-operation', 'generate_sources', '--args', '{accounts: 2000, days: 120, seed: 42}'];
    const jobs = [
      measured('generate_sources, 2,000 accounts', sources, ''),
      measured('build, with all tests', ['build'], '60 s, 200 MB'),
      measured('run --select tag:core, again', ['run', '--select', 'tag:core'], '10 s, 200 MB'),
      measured('sync run, all 15', ['sync', 'run'], ''),
      measured('npm start, on what is there', ['demo'], ''),
    ];
    tsdbt('server', 'stop');
    return jobs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One command: its wall seconds, what tsdbt and what ClickHouse took of the CPU, the most memory that tsdbt held. */
function jobRow(folder, server, what, args, limit) {
  const [watch, peak] = [join(folder, 'watch.mjs'), join(folder, 'peak')];
  const noting = `writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(watch, `import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => ${noting});\n`);
  const before = cpuOf(server);
  const { wall, cpu } = once(['--import', watch, bin, ...args, '--quiet'], folder);
  const show = (value) => Number(value.toFixed(2));
  return {
    what,
    'wall s': show(wall),
    'tsdbt cpu s': show(cpu),
    'clickhouse cpu s': show(cpuOf(server) - before),
    'tsdbt peak MB': Math.round((Number(readFileSync(peak, 'utf8')) * 1024) / 1e6),
    limit,
  };
}

/** CPU seconds of a process that runs: utime and stime, in hundredths. */
function cpuOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
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
