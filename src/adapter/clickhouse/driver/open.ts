import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { type Connection, readCredentials } from './credentials.ts';
import { isDatabaseError } from './database-error.ts';
import { ClickHouseDriver } from './driver.ts';
import { connectError } from './failure.ts';
import { createSchemaSql, type Probed, probe } from './probe.ts';
import type { Credentials, Driver, DriverOptions } from './types.ts';

/** Connections beside those of the statements: kills, and questions about a lost statement. */
const CONTROL_CONNECTIONS = 2;

/**
 * Connects to a ClickHouse by the credentials of a dbt-clickhouse profile. Throws TSD1003 for credentials that make no
 * sense, DatabaseError TSD3002 where there is no answer, TSD3001 where the answer is no.
 */
export async function openDriver(credentials: Credentials, options: DriverOptions = {}): Promise<Driver> {
  const connection = readCredentials(credentials);
  for (const notice of connection.notices) options.notice?.(notice);
  const { makeClient } = await import('./client.ts');
  const control = await makeClient(connection, CONTROL_CONNECTIONS, options);
  try {
    const probed = await firstContact(control, connection, options);
    const client = await makeClient(connection, (options.threads ?? 1) + 1, options, connection.schema);
    const driver = new ClickHouseDriver({
      connection,
      client,
      control,
      ...probed,
      singleServer: options.singleServer === true,
      notice: options.notice ?? (() => {}),
    });
    if (!probed.hasSchema && options.createDatabase !== false) await driver.query(createSchemaSql(connection));
    return driver;
  } catch (error) {
    await control.close();
    throw error;
  }
}

/** The first statement; a connection that cannot be made is tried again as often as the profile says. */
async function firstContact(client: ClickHouseClient, connection: Connection, o: DriverOptions): Promise<Probed> {
  for (let tries = 0; ; tries++) {
    try {
      return await probe(client, connection);
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      if (tries >= connection.retries) throw connectError(connection.url, error as Error, '', o.singleServer);
      await sleep(250 * 2 ** tries);
    }
  }
}
