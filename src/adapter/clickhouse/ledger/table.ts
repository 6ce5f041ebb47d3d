import { quoteName } from '../driver/literal.ts';
import type { HistoryPlace } from '../history/history.ts';

/** A row is forgotten, and may be sent again, when nothing has become of it for so long. */
const KEPT = '400 DAY';

export function ledgerTable({ database }: HistoryPlace): string {
  return `${quoteName(database)}.delivery_ledger`;
}

/** Each change of a row's state is a line more; the engine keeps the newest revision of each. */
export function createSql(place: HistoryPlace): readonly string[] {
  const { database, cluster } = place;
  const where = cluster === undefined ? '' : ` ON CLUSTER ${quoteName(cluster)}`;
  const engine =
    cluster === undefined
      ? 'ReplacingMergeTree(revision)'
      : `ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/all', '{shard}-{replica}', revision)`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${where}`,
    `CREATE TABLE IF NOT EXISTS ${ledgerTable(place)}${where} (
       project LowCardinality(String), target LowCardinality(String), delivery LowCardinality(String), key String,
       batch String, state LowCardinality(String), revision UInt32, tries UInt32, reason String, payload String,
       at DateTime64(3, 'UTC') DEFAULT now64(3))
     ENGINE = ${engine} ORDER BY (project, target, delivery, key) TTL toDateTime(at) + INTERVAL ${KEPT}
     COMMENT 'Which rows the jobs of tsdbt have sent to services'`,
  ];
}
