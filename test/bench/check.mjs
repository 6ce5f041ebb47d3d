// What `check` costs: wall, CPU and the most memory of whole processes; of Stir, and of generated models cold and again.
// npm run bench -- check [--runs N] [--models 1000]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate-warehouse.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/tsdbt.js');

export function benchCheck({ runs, models }) {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));
  const [stir, generated] = [join(folder, 'stir'), join(folder, 'generated')];
  const noting = join(folder, 'note.mjs');
  const peak = join(folder, 'peak');
  const write = `writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(noting, `import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => ${write});\n`);
  try {
    for (const part of ['project', 'models', 'macros', 'profiles']) {
      const isSource = (path) => !/\/(?:\.tsdbt|target|logs)(?:\/|$)/.test(path.slice(root.length));
      cpSync(join(root, part), join(stir, part), { recursive: true, verbatimSymlinks: true, filter: isSource });
    }
    generate(generated, models);
    const forget = (state) => () => rmSync(state, { recursive: true, force: true });
    const row = (what, cwd, before, limit) => ({ what, ...best(runs, () => once(noting, peak, cwd, before)), limit });
    console.table([
      row('Stir, nothing kept', stir, forget(join(stir, 'project/.tsdbt')), '1.5 s, 600 MB'),
      row('Stir, parse kept', stir, forget(join(stir, 'project/.tsdbt/check')), '1.5 s'),
      row('Stir, again', stir, () => {}, ''),
      row(`${models} models, nothing kept`, generated, forget(join(generated, '.tsdbt')), '8 s, 600 MB'),
      row(`${models} models, parse kept`, generated, forget(join(generated, '.tsdbt/check')), '8 s'),
      row(`${models} models, again`, generated, () => {}, '1 s'),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function best(runs, sample) {
  const all = Array.from({ length: runs }, sample).sort((a, b) => a.wall - b.wall);
  const show = (value) => Number(value.toFixed(2));
  const [least] = all;
  const middle = all[Math.floor(all.length / 2)];
  return { 'wall min': show(least.wall), 'wall median': show(middle.wall), 'cpu min': show(least.cpu), 'peak MB': least.megabytes };
}

function once(noting, peak, cwd, before) {
  before();
  const began = performance.now();
  const cpu = childCpu();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', noting, bin, 'check'], { cwd, encoding: 'utf8' });
  const wall = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`check ended with ${status}: ${stdout.slice(-500)}${stderr.slice(-500)}`);
  return { wall, cpu: childCpu() - cpu, megabytes: Math.round((Number(readFileSync(peak, 'utf8')) * 1024) / 1e6) };
}

/** CPU seconds of all children that have ended: cutime and cstime of /proc/self/stat, in hundredths. */
function childCpu() {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
