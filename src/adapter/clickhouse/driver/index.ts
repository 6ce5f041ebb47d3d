export { DatabaseError, type DatabaseErrorInfo, isDatabaseError } from './database-error.ts';
export { openDriver } from './open.ts';
export type {
  Credentials,
  Driver,
  DriverOptions,
  ExportResult,
  InsertResult,
  QueryOptions,
  QueryResult,
  QuerySummary,
  ResultColumn,
  Settings,
  SettingValue,
} from './types.ts';
