import type { AgateTable } from '../../context/index.ts';
import { str, type Value } from '../../jinja/index.ts';

/** The rows of a seed as CSV for ClickHouse: a line each, fields quoted where they must be, null as nothing. */
export function csvText(table: AgateTable): string {
  const types = table.columns.map((column) => column.type);
  const lines = table.matrix().map((row) => {
    const line = row.map((value, i) => csvField(value, types[i] === 'datetime')).join(',');
    // An empty line would be no row.
    return line === '' ? '""' : line;
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function csvField(value: Value, isTime: boolean): string {
  if (value === null || value === undefined) return '';
  const text = isTime ? str(value).replace(' ', 'T') : str(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
