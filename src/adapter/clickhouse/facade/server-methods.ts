import { Dict } from '../../../jinja/index.ts';
import { isDatabaseError } from '../driver/index.ts';
import type { Methods } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import type { Relation } from '../objects/relation.ts';
import { compareVersions } from '../version.ts';

/** What ClickHouse answers where the file system has no renameat2 or the database's engine no exchange. */
const CANNOT = ['NOT_IMPLEMENTED', 'UNSUPPORTED_METHOD'];

/** What the server can do. */
export const serverMethods: Methods = {
  is_before_version: (node) =>
    method('is_before_version', ['version'], (version) => {
      const { driver } = node.server;
      return driver !== undefined && compareVersions(driver.serverVersion, version) < 0;
    }),
  is_at_or_after_version: (node) =>
    method('is_at_or_after_version', ['version'], (version) => {
      const { driver } = node.server;
      return driver !== undefined && compareVersions(driver.serverVersion, version) >= 0;
    }),
  supports_atomic_exchange: (node) =>
    method('supports_atomic_exchange', [], () => node.server.cache.canExchangeIn(node.server.schema)),
  can_exchange: (node) =>
    method('can_exchange', ['schema', 'rel_type'], (schema, type) => {
      return type === 'table' && node.server.cache.canExchangeIn(schema);
    }),
  /** Runs an EXCHANGE; false where the server cannot exchange at all, which is then known for all nodes. */
  execute_exchange: (node) =>
    method('execute_exchange', ['sql'], async (sql) => {
      try {
        await node.run(sql, { fetch: false });
        return true;
      } catch (error) {
        if (!isDatabaseError(error) || !CANNOT.includes(error.databaseError.name)) throw error;
        node.server.cache.exchangeFailed();
        return false;
      }
    }),
  /** Whether CREATE TABLE … AS SELECT does both on every node: a Replicated database refuses it, ON CLUSTER would fill each node by itself. */
  can_create_and_fill: (node) =>
    method('can_create_and_fill', ['relation'], (relation: Relation) => {
      const engine = node.server.cache.engineOf(relation.state.schema ?? '') ?? '';
      const spread = node.server.profile.cluster !== null && relation.state.canOnCluster;
      return !spread && engine !== 'Replicated' && engine !== 'Shared';
    }),
  get_ch_database: (node) =>
    method('get_ch_database', ['schema'], (schema) => {
      const engine = node.server.cache.engineOf(schema);
      return engine === undefined
        ? null
        : new Dict([
            ['name', schema],
            ['engine', engine],
            ['comment', ''],
          ]);
    }),
  type: () => method('type', [], () => 'clickhouse'),
  nice_connection_name: (node) => method('nice_connection_name', [], () => node.connectionName),
  date_function: () => method('date_function', [], () => 'now()'),
  is_cancelable: () => method('is_cancelable', [], () => true),
};
