import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Connection } from './credentials.ts';
import { literal, quoteName } from './literal.ts';
import { type KnownSetting, type SessionSettings, sessionSettings, settingNames } from './session-settings.ts';
import { ask } from './wire.ts';

export interface Probed {
  readonly version: string;
  readonly settings: SessionSettings;
  readonly hasSchema: boolean;
}

/** Asks the server in one statement for all that must be known before the first one of a user. */
export async function probe(client: ClickHouseClient, c: Connection): Promise<Probed> {
  const names = settingNames(c).map(literal).join(', ');
  const rows = await ask(
    client,
    `SELECT 'setting', name, value, toString(readonly) FROM system.settings WHERE name IN (${names})
UNION ALL SELECT 'version', version(), '', ''
UNION ALL SELECT 'database', name, '', '' FROM system.databases WHERE name = ${literal(c.schema)}`,
    randomUUID(),
  );
  const of = (kind: string) => rows.filter((row) => row[0] === kind);
  const known = new Map(
    of('setting').map((row): [string, KnownSetting] => [
      String(row[1]),
      { value: String(row[2]), readonly: row[3] !== '0' },
    ]),
  );
  return {
    version: String(of('version')[0]?.[1]),
    settings: sessionSettings(c, known),
    hasSchema: of('database').length > 0,
  };
}

export function createSchemaSql(c: Connection): string {
  const cluster = c.cluster === undefined ? '' : ` ON CLUSTER ${quoteName(c.cluster)}`;
  const engine = c.databaseEngine === undefined ? '' : ` ENGINE ${c.databaseEngine}`;
  return `CREATE DATABASE IF NOT EXISTS ${quoteName(c.schema)}${cluster}${engine}`;
}
