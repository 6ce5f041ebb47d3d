import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../e2e/root.ts';

/** A running ClickHouse, open to everybody on this machine as `default`. */
export interface ClusterNode {
  readonly http: number;
  readonly tcp: number;
}

/** Shards of a cluster, each the indexes of the nodes that are its replicas. */
export type Shards = readonly (readonly number[])[];

export interface Nodes {
  readonly nodes: readonly ClusterNode[];
  readonly clusters: Readonly<Record<string, Shards>>;
  close(): Promise<void>;
}

const READY_WITHIN_MS = 90_000;

/** Starts so many engines that know the clusters. Replicas hold what a Distributed table writes to each: no Keeper is there. */
export async function startNodes(count: number, clusters: Readonly<Record<string, Shards>>): Promise<Nodes> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-cluster-'));
  const ports = await freePorts(2 * count);
  const nodes = Array.from({ length: count }, (_, i): ClusterNode => ({ http: ports[2 * i]!, tcp: ports[2 * i + 1]! }));
  const children = nodes.map((node, i) => spawnNode(join(dir, `node${i}`), node, { nodes, clusters, index: i }));
  const close = async (): Promise<void> => {
    await Promise.all(children.map(stop));
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node, i) => ready(node, children[i]!, join(dir, `node${i}`))));
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, clusters, close };
}

interface Place extends Omit<Nodes, 'close'> {
  readonly index: number;
}

function spawnNode(dir: string, node: ClusterNode, place: Place): ChildProcess {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'users.xml'), USERS);
  writeFileSync(join(dir, 'config.xml'), configXml(dir, node, place));
  const log = openSync(join(dir, 'output.log'), 'w');
  const child = spawn(process.execPath, [join(ROOT, 'test/cluster/engine.mjs'), library(), join(dir, 'config.xml')], {
    cwd: dir,
    env: { ...process.env, TZ: 'UTC' },
    // A group of its own: SYSTEM SHUTDOWN signals the whole group.
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => {});
  // Its last words would go with its folder.
  child.once('exit', (code, signal) => {
    if (code !== 0 && signal !== 'SIGKILL') process.stderr.write(`node ${place.index} ended: ${lastWords(dir)}\n`);
  });
  return child;
}

function library(): string {
  const chdb = createRequire(createRequire(import.meta.url).resolve('chdb/package.json'));
  return join(dirname(chdb.resolve(`@chdb/lib-${process.platform}-${process.arch}-gnu/package.json`)), 'libchdb.so');
}

const USERS = `<clickhouse>
  <profiles><default><max_threads>2</max_threads></default></profiles>
  <quotas><default></default></quotas>
  <users><default>
    <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
    <access_management>1</access_management><named_collection_control>1</named_collection_control>
  </default></users>
</clickhouse>
`;

function configXml(dir: string, node: ClusterNode, { nodes, clusters, index }: Place): string {
  const replica = (i: number) => `<replica><host>127.0.0.1</host><port>${nodes[i]!.tcp}</port></replica>`;
  const shard = (replicas: readonly number[]) => `<shard>${replicas.map(replica).join('')}</shard>`;
  const known = Object.entries(clusters).map(([name, shards]) => `<${name}>${shards.map(shard).join('')}</${name}>`);
  const [first = [[0]]] = Object.values(clusters);
  const at = Math.max(
    0,
    first.findIndex((replicas) => replicas.includes(index)),
  );
  return `<clickhouse>
  <path>${dir}/data/</path>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${node.http}</http_port>
  <tcp_port>${node.tcp}</tcp_port>
  <keep_alive_timeout>3</keep_alive_timeout>
  <macros><shard>${at + 1}</shard><replica>node${index}</replica></macros>
  <remote_servers>${known.join('')}</remote_servers>
  <mark_cache_size>16777216</mark_cache_size>
  <users_config>${dir}/users.xml</users_config>
</clickhouse>
`;
}

async function ready(node: ClusterNode, child: ChildProcess, dir: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    if (await answers(node)) return;
    await sleep(50);
  }
  throw new Error(`a node of the cluster did not start: ${lastWords(dir)}`);
}

function lastWords(dir: string): string {
  return readFileSync(join(dir, 'output.log'), 'utf8').slice(-4000);
}

async function answers({ http }: ClusterNode): Promise<boolean> {
  return fetch(`http://127.0.0.1:${http}/?query=select+1`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  child.stdin?.end();
  await Promise.race([gone, sleep(5000)]);
  child.kill('SIGKILL');
  await gone;
}

/** All asked for at once, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
