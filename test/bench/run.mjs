// What a run costs: wall, CPU and requests of the second run of generated projects on a private server, beside a bare client
// that replays the same nodes' statements. npm run bench -- run [--runs N] [--models 112,1000]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate-warehouse.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/tsdbt.js');
const replay = fileURLToPath(new URL('replay.mjs', import.meta.url));

export async function benchRun({ runs, sizes }) {
  const rows = [];
  for (const size of sizes) rows.push(...(await measure(size, runs)));
  console.table(rows);
}

async function measure(size, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-'));
  try {
    const setup = generate(folder, size);
    const server = address(folder);
    for (const sql of setup) await ask(server, sql);
    once([bin, 'run', '--quiet'], folder);
    const samples = [];
    const bare = [];
    const starts = [];
    let counted;
    for (let i = 0; i < runs; i++) {
      await ask(server, 'SYSTEM FLUSH LOGS');
      const since = (await ask(server, 'SELECT now64(6)')).trim();
      samples.push(once([bin, 'run', '--quiet'], folder));
      await ask(server, 'SYSTEM FLUSH LOGS');
      counted ??= await statementsSince(server, since);
      starts.push(once([bin, 'ls', '--quiet'], folder));
      writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...server, nodes: planOf(folder, counted) }));
      bare.push(once([replay, join(folder, 'plan.json')], folder));
    }
    const own = counted.filter(({ node }) => node === '');
    return [
      { what: `tsdbt run, ${size} models`, ...best(samples), requests: counted.length, 'of no node': own.length, ...perKind(folder, counted) },
      { what: 'start and parse (tsdbt ls)', ...best(starts) },
      { what: 'bare client', ...best(bare), requests: counted.length - own.length },
      { what: 'tsdbt beside start and parse / bare client', 'wall s': show((middle(samples, 'wall') - middle(starts, 'wall')) / middle(bare, 'wall')) },
      { what: 'client CPU for each model, ms', 'cpu s': show(((middle(samples, 'cpu') - middle(starts, 'cpu')) / size) * 1000) },
    ];
  } finally {
    once([bin, 'server', 'stop', '--force'], folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Statements of one run by the comment that names their node, in the order they ended. */
async function statementsSince(server, since) {
  const text = await ask(
    server,
    `SELECT query FROM system.query_log WHERE type = 'QueryFinish' AND event_time_microseconds >= '${since}' AND query NOT LIKE 'SYSTEM FLUSH%' AND query NOT LIKE 'SELECT now64%' AND query NOT LIKE '%system.query_log%' ORDER BY query_start_time_microseconds FORMAT JSONCompactEachRow`,
  );
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [sql] = JSON.parse(line);
      return { sql, node: /"node_id": "(model[^"]+)"/.exec(sql)?.[1] ?? '' };
    });
}

function planOf(folder, counted) {
  const { nodes } = JSON.parse(readFileSync(join(folder, 'target/manifest.json'), 'utf8'));
  return [...new Set(counted.map(({ node }) => node).filter((id) => id !== ''))].map((id) => ({
    id,
    parents: nodes[id].depends_on.nodes.filter((parent) => parent.startsWith('model.')),
    statements: counted.filter(({ node }) => node === id).map(({ sql }) => sql),
  }));
}

/** How many statements a node of each materialization took, at most. */
function perKind(folder, counted) {
  const { nodes } = JSON.parse(readFileSync(join(folder, 'target/manifest.json'), 'utf8'));
  const most = {};
  for (const id of new Set(counted.map(({ node }) => node).filter((one) => one !== ''))) {
    const kind = nodes[id].config.materialized;
    most[kind] = Math.max(most[kind] ?? 0, counted.filter(({ node }) => node === id).length);
  }
  return most;
}

function address(folder) {
  const { stdout } = once([bin, 'server', 'start', '--print-env'], folder);
  const of = (name) => new RegExp(`${name}='([^']*)'`).exec(stdout)[1];
  return { url: of('CLICKHOUSE_URL'), user: of('CLICKHOUSE_USER'), password: of('CLICKHOUSE_PASSWORD') };
}

async function ask({ url, user, password }, sql) {
  const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
  const response = await fetch(`${url}/`, { method: 'POST', headers: { ...headers, connection: 'close' }, body: sql });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

function once(args, cwd) {
  const cpu = childCpu();
  const began = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const wall = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stdout.slice(-2000)}${stderr.slice(0, 500)}`);
  return { wall, cpu: childCpu() - cpu, stdout };
}

/** CPU seconds of all children that have ended: cutime and cstime of /proc/self/stat, in hundredths. */
function childCpu() {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const show = (value) => Number(value.toFixed(3));
function middle(samples, key) {
  return samples.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(samples.length / 2)];
}
function best(samples) {
  return { 'wall s': show(middle(samples, 'wall')), 'cpu s': show(middle(samples, 'cpu')) };
}
