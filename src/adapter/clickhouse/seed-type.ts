import type { AgateTable } from '../../context/index.ts';
import { str } from '../../jinja/index.ts';

/** The column type dbt-clickhouse gives a seed's column from its values. */
export function seedType(table: AgateTable, at: number): string {
  switch (table.columns[at]?.type) {
    case 'integer':
    case 'number':
      return numberType(table, at);
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

/** Digits behind the point that are not zero make a float; dbt-clickhouse lets integers beyond Int32 wrap around, we do not. */
function numberType(table: AgateTable, at: number): string {
  const texts = table.rows.map((row) => row.at(at)).filter((value) => value !== null);
  const numbers = texts.map(str);
  if (numbers.some((text) => /\.\d*[1-9]|e-/i.test(text))) return 'Float32';
  return numbers.every((text) => Math.abs(Number(text)) < 2 ** 31) ? 'Int32' : 'Int64';
}
