import type { AgateTable } from '../../context/index.ts';
import { str } from '../../jinja/index.ts';

/** The column type dbt-clickhouse gives a seed's column from its values. */
export function seedType(table: AgateTable, at: number): string {
  switch (table.columns[at]?.type) {
    case 'integer':
      return integerType(table, at);
    case 'number':
      return hasDecimals(table, at) ? 'Float32' : 'Int32';
    case 'boolean':
      return 'Bool';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'DateTime';
    default:
      return 'String';
  }
}

/** agate's MaxPrecision: digits behind the point that are not zero. */
function hasDecimals(table: AgateTable, at: number): boolean {
  return table.rows.some((row) => {
    const value = row.at(at);
    return value !== null && /\.\d*[1-9]/.test(str(value));
  });
}

const INT32 = 2 ** 31;

/** dbt-clickhouse says Int32 always and lets larger numbers wrap around. */
function integerType(table: AgateTable, at: number): string {
  const small = (value: number | bigint): boolean => value >= -INT32 && value < INT32;
  return table.rows.every((row) => row.at(at) === null || small(row.at(at))) ? 'Int32' : 'Int64';
}
