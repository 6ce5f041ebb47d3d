// One world of so many accounts in a checkout of its own: invented, built one model at a time, looked at, dropped.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureServer, type PrivateServer } from '../../../src/adapter/index.ts';
import { rowsOf } from '../../compare/stir/server.ts';
import { asOf, MOMENTS } from '../../compare/stir/world.ts';
import { type Checkout, checkout } from '../../e2e/checkout.ts';

/** What one model, or the generator, took of the engine. */
export interface Cost {
  /** Wall time of the node. */
  readonly seconds: number;
  /** CPU seconds of its statements in ClickHouse. */
  readonly cpu: number;
  /** The most that one of its statements held, in bytes. */
  readonly memory: number;
}

export interface ModelCost extends Cost {
  readonly rows: number;
  /** On disk, compressed. */
  readonly bytes: number;
}

export interface Measurement {
  readonly accounts: number;
  readonly generator: Cost;
  /** Rows and bytes of all raw tables. */
  readonly raw: { readonly rows: number; readonly bytes: number };
  readonly models: Readonly<Record<string, ModelCost>>;
}

/** No statement of any model may need more: one that does fails, and the run says so. */
export const MEMORY_LIMIT = 4_000_000_000;
const DAYS = 120;
const VARS = ['--vars', asOf(MOMENTS[0])];

export async function measure(accounts: number): Promise<Measurement> {
  const project = checkout();
  const server = await ensureServer({ dataDir: join(project.dir, 'project/.tsdbt/clickhouse'), label: 'the bench' });
  try {
    const one = oneThread(project);
    const began = performance.now();
    const size = `{accounts: ${accounts}, days: ${DAYS}, seed: 42}`;
    await succeed(project, ['run-operation', 'generate_sources', '--args', size, ...VARS, ...one]);
    const seconds = (performance.now() - began) / 1000;
    const generator = { ...(await spentBy(server, "''", "query ilike '%insert into%'")).get('')!, seconds };
    const raw = await sizesOf(server, "database in ('beat_replica', 'coffee', '_e', 'vidooly')");
    const ran = await project.run(['run', ...VARS, ...one]);
    if (ran.code !== 0) console.log(ran.stdout.slice(ran.stdout.indexOf('Completed with')));
    const spent = await spentBy(server, NODE, "query like '%node_id%'");
    if (spent.size === 0) throw new Error(ran.stdout + ran.stderr);
    const sizes = await sizesOf(server, "database = 'dbt'");
    const models: Record<string, ModelCost> = {};
    for (const { unique_id, execution_time } of resultsOf(project)) {
      const name = unique_id.split('.').at(-1)!;
      const { cpu, memory } = spent.get(unique_id) ?? { cpu: 0, memory: 0 };
      models[name] = { rows: 0, bytes: 0, ...sizes.get(name), seconds: execution_time, cpu, memory };
    }
    return { accounts, generator, raw: total([...raw.values()]), models };
  } finally {
    await server.release();
    await project.remove();
  }
}

/** One model at a time, each of its statements within the limit, so that what is measured is the model's own. */
function oneThread({ dir }: Checkout): readonly string[] {
  const folder = join(dir, 'profiles-bench');
  mkdirSync(folder, { recursive: true });
  const embedded = {
    type: 'clickhouse',
    embedded: { path: '.tsdbt/clickhouse' },
    schema: 'dbt',
    threads: 1,
    // A busy machine takes its time for a hundred thousand accounts.
    send_receive_timeout: 7200,
    custom_settings: { max_memory_usage: MEMORY_LIMIT },
  };
  const profiles = { gcc_warehouse: { target: 'embedded', outputs: { embedded } } };
  writeFileSync(join(folder, 'profiles.yml'), JSON.stringify(profiles));
  return ['--profiles-dir', folder];
}

/** The node of a statement, from the comment that every statement of a node carries. */
const NODE = "JSONExtractString(extract(query, '/\\\\* (\\\\{.*\\\\}) \\\\*/'), 'node_id')";

/** CPU and peak memory, from the engine's own log. */
async function spentBy(server: PrivateServer, key: string, which: string): Promise<Map<string, Cost>> {
  await flushLogs(server);
  const rows = await rowsOf(
    server,
    `select ${key} as node, sum(query_duration_ms) / 1000, sum(ProfileEvents['OSCPUVirtualTimeMicroseconds']) / 1e6, max(memory_usage)
    from system.query_log where type = 'QueryFinish' and ${which} group by node`,
  );
  return new Map(
    rows.map(([node = '', ...cells]) => {
      const [seconds = 0, cpu = 0, memory = 0] = cells.map(Number);
      return [node, { seconds, cpu, memory }];
    }),
  );
}

async function flushLogs(server: PrivateServer): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  await fetch(server.url, { method: 'POST', headers: { authorization }, body: 'system flush logs' });
}

async function sizesOf(
  server: PrivateServer,
  which: string,
): Promise<Map<string, { readonly rows: number; readonly bytes: number }>> {
  const rows = await rowsOf(
    server,
    `select table, sum(rows), sum(bytes_on_disk) from system.parts where active and ${which} group by table`,
  );
  return new Map(rows.map(([table = '', count, bytes]) => [table, { rows: Number(count), bytes: Number(bytes) }]));
}

function total(all: readonly { readonly rows: number; readonly bytes: number }[]): Measurement['raw'] {
  const of = (key: 'rows' | 'bytes') => all.reduce((sum, one) => sum + one[key], 0);
  return { rows: of('rows'), bytes: of('bytes') };
}

function resultsOf({ dir }: Checkout): readonly { readonly unique_id: string; readonly execution_time: number }[] {
  const text = readFileSync(join(dir, 'project/target/run_results.json'), 'utf8');
  return (JSON.parse(text) as { results: { unique_id: string; execution_time: number }[] }).results.filter(
    ({ unique_id }) => unique_id.startsWith('model.'),
  );
}

async function succeed(project: Checkout, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await project.run(args);
  if (code !== 0) throw new Error(`tsdbt ${args.join(' ')} ended with ${code}\n${stdout.slice(-6000)}${stderr}`);
}
