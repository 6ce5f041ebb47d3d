import type { Adapter, AdapterOptions } from './types.ts';

export type { Credentials, Driver, DriverOptions, QueryOptions, QueryResult, ResultColumn, Settings } from './clickhouse/driver/index.ts';
export { clickhouseDialect, dialectFor } from './clickhouse/dialect.ts';
export type { SeedOptions } from './seed/load-seed.ts';
export type { Adapter, AdapterOptions, CallMacro, NodeSession, SessionOptions } from './types.ts';
