import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { pyStr } from '../python.ts';

/** Configuration a test may also carry beside its arguments, in dbt's order: it decides the order in the test's code. */
const CONFIG_KEYS = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'sql_header',
  'meta',
  'database',
  'schema',
  'alias',
] as const;

/** Keys of a test entry that are no arguments of its macro. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  'config',
  'column_name',
  'description',
  'name',
  'test_name',
  'arguments',
  ...CONFIG_KEYS,
]);

/** Takes the configuration out of a test's arguments, both from beside them and from `config`, and renders it. */
export function legacyConfig(args: Record<string, Data>, render: (text: string) => Data): DataMap {
  const nested = args.config;
  if (nested !== undefined && !isDataMap(nested)) {
    throw new TsdbtError({ code: 'TSD1101', message: `test config must be a dict, got ${pyStr(nested)}` });
  }
  delete args.config;
  const rest: Record<string, Data> = { ...nested };
  const config: Record<string, Data> = {};
  for (const key of CONFIG_KEYS) {
    const beside = args[key] ?? null;
    delete args[key];
    if (isTruthy(beside) && nested !== undefined && key in nested) {
      throw new TsdbtError({
        code: 'TSD1101',
        message: 'Test cannot have the same key at the top-level and in config',
      });
    }
    config[key] = isTruthy(beside) || nested === undefined ? beside : (rest[key] ?? null);
    delete rest[key];
  }
  return rendered({ ...config, ...rest }, render);
}

function rendered(config: DataMap, render: (text: string) => Data): DataMap {
  const result: Record<string, Data> = {};
  for (const [key, written] of Object.entries(config)) {
    const value = typeof written === 'string' ? render(written) : written;
    if (value !== null) result[key] = value;
  }
  return result;
}

/** As Python sees it: none, false, 0, '' and empty containers are not. */
function isTruthy(value: Data): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isDataMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}
