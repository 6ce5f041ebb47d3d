import { createHash } from 'node:crypto';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { engineDir } from './paths.ts';

export interface EngineConfig {
  readonly dataDir: string;
  readonly runDir: string;
  /** What the macro `tsdbt` answers: by it a caller knows that the server at the port is this one. */
  readonly marker: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** An idle connection is closed by the server after so long; clients must give theirs up earlier. */
export const SERVER_KEEP_ALIVE_SECONDS = 3;

/** The part of the machine's memory the server may take: the rest is for Node, Postgres and the page cache. */
const MEMORY_SHARE = 0.6;

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function memoryCap(): number {
  // 0 or a huge number where no cgroup limits us.
  const constrained = process.constrainedMemory();
  const limit = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(limit * MEMORY_SHARE);
}

/**
 * The server's configuration file.
 *
 * Only requests that carry our user's credentials reach a query handler: the engine insists on a `default` user
 * without a password for its own session, and that user may read files (its life line is one).
 */
export function configXml(c: EngineConfig): string {
  const basic = Buffer.from(`${c.user}:${c.password}`).toString('base64');
  const queries = '<handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>';
  return `<clickhouse>
  <path>${escapeXml(engineDir(c.dataDir))}/</path>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${c.port}</http_port>
  <keep_alive_timeout>${SERVER_KEEP_ALIVE_SECONDS}</keep_alive_timeout>
  <http_handlers>
    <rule><url>/ping</url><methods>GET,HEAD</methods><handler><type>ping</type></handler></rule>
    <rule><headers><Authorization>Basic ${basic}</Authorization></headers>${queries}</rule>
    <rule><headers><X-ClickHouse-Key>${c.password}</X-ClickHouse-Key></headers>${queries}</rule>
  </http_handlers>
  <macros><tsdbt>${c.marker}</tsdbt></macros>
  <max_server_memory_usage>${memoryCap()}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <query_log>
    <database>system</database>
    <table>query_log</table>
    <engine>ENGINE = Memory SETTINGS min_rows_to_keep = 3000, max_rows_to_keep = 6000</engine>
    <flush_interval_milliseconds>1000</flush_interval_milliseconds>
  </query_log>
  <users_config>${escapeXml(join(c.runDir, 'users.xml'))}</users_config>
</clickhouse>
`;
}

/**
 * The server's users: ours, and `default` with nothing but what starts the listener and holds the life line, each
 * once.
 */
export function usersXml(c: EngineConfig): string {
  const local = '<networks><ip>127.0.0.1</ip></networks>';
  const hash = createHash('sha256').update(c.password).digest('hex');
  return `<clickhouse>
  <profiles><default><max_threads>${availableParallelism()}</max_threads><implicit_select>0</implicit_select></default></profiles>
  <quotas>
    <default></default>
    <gate><interval><duration>2147483647</duration><queries>2</queries></interval></gate>
  </quotas>
  <users>
    <default>
      <password></password>${local}<profile>default</profile><quota>gate</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT READ ON FILE</query>
        <query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
      </grants>
    </default>
    <${c.user}>
      <password_sha256_hex>${hash}</password_sha256_hex>${local}<profile>default</profile><quota>default</quota>
      <access_management>1</access_management>
      <named_collection_control>1</named_collection_control>
    </${c.user}>
  </users>
</clickhouse>
`;
}
