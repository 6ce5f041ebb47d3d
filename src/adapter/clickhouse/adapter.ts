import { runAsync } from '../../jinja/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';
import type { Adapter, AdapterOptions, NodeSession, SessionOptions } from '../types.ts';
import { RelationCache } from './catalog/cache.ts';
import { readRelations } from './catalog/read-relations.ts';
import { relationsSql } from './catalog/relations-sql.ts';
import { dropDeadLeftovers } from './leftovers.ts';
import { readRelation } from './objects/read-relation.ts';
import { offlineServer } from './offline.ts';
import { makesOnCluster, readProfile } from './profile.ts';
import type { ServerContext } from './server-context.ts';
import { ClickHouseSession } from './session.ts';

/** What an invocation knows about its server, over a driver that is open, or without one. */
export function makeAdapter(options: AdapterOptions): Adapter {
  const server =
    options.driver === undefined ? { ...offlineServer(options.target), emit: options.emit } : onlineServer(options);
  return {
    connected: server.driver !== undefined,
    loadCatalog: async (schemas) => {
      const unknown = [...new Set(schemas)].filter((schema) => !server.cache.isKnown(schema));
      if (unknown.length > 0) await server.load(unknown);
    },
    exists: (schema, identifier) => server.cache.get(schema, identifier) !== undefined,
    missingSchemas: (schemas) =>
      server.driver === undefined ? [] : [...new Set(schemas)].filter((schema) => !server.cache.exists(schema)),
    createSchemas: (schemas, session) => createSchemas(server, schemas, session),
    session: (sessionOptions: SessionOptions) => new ClickHouseSession(server, sessionOptions),
  };
}

function onlineServer(options: AdapterOptions): ServerContext {
  const { driver, target, invocationId, emit, isDead = () => false, leavesBehind = () => {} } = options;
  const cache = new RelationCache();
  const profile = readProfile(target);
  const server: ServerContext = {
    driver,
    profile,
    schema: target.schema,
    invocationId,
    emit,
    leavesBehind,
    cache,
    commentFields: { dbtVersion: DBT_VERSION, profileName: target.profileName, targetName: target.name },
    load: async (schemas) => {
      if (driver === undefined || schemas.length === 0) return;
      const { rows } = await driver.query(relationsSql(schemas), { fetch: true });
      cache.learn(schemas, readRelations(rows, profile.cluster !== null));
      await dropDeadLeftovers(
        driver,
        schemas.flatMap((schema) => cache.list(schema)),
        { invocationId, emit, cache, isDead, cluster: profile.cluster },
      );
    },
  };
  return server;
}

async function createSchemas(server: ServerContext, schemas: readonly string[], session: NodeSession): Promise<void> {
  if (server.driver === undefined) return;
  const create = session.facade.pyAttr('create_schema');
  for (const schema of new Set(schemas)) {
    if (server.cache.exists(schema)) continue;
    const relation = readRelation({ schema, can_on_cluster: makesOnCluster(server.profile) }).replace({
      include: { database: false, schema: true, identifier: false },
    });
    await runAsync(create.call([relation], new Map()));
  }
}
