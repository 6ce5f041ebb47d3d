import { AgateTable, type AgateTypeName } from '../../context/index.ts';
import type { QueryResult } from './driver/index.ts';
import { parseDataType } from './objects/data-type.ts';

/** A query's result as templates hold it. @param limit rows to keep; all where undefined */
export function resultTable({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>, limit?: number): AgateTable {
  const types = columns.map((column) => agateType(column.type));
  const kept = limit === undefined ? rows : rows.slice(0, limit);
  return AgateTable.of({
    columns: columns.map((column, i) => ({ name: column.name, type: types[i] as AgateTypeName })),
    rows: kept.map((row) => row.map((value, i) => templateValue(value, columns[i]?.type ?? ''))),
  });
}

function templateValue(value: unknown, type: string): unknown {
  if (typeof value === 'object' && value !== null) return jsonText(value);
  // The server prints 3.3; what the column holds, and equals when it is written into a statement, is 3.299999952316284.
  return typeof value === 'number' && type.includes('Float32') ? Math.fround(value) : value;
}

/** What dbt makes of a ClickHouse type: numbers, dates and booleans keep their kind, all else is text. */
export function agateType(type: string): AgateTypeName {
  const { dtype } = parseDataType(type);
  if (/^U?Int\d+$/.test(dtype)) return 'integer';
  if (/^(BFloat|Float|Decimal)/.test(dtype)) return 'number';
  if (dtype === 'Bool') return 'boolean';
  if (dtype === 'Date' || dtype === 'Date32') return 'date';
  return dtype.startsWith('DateTime') ? 'datetime' : 'text';
}

/** Arrays, tuples and maps as Python's json.dumps prints them. */
function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`)
    .join(', ')}}`;
}
