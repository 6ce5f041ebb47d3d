import { PyObject, str, type Value } from '../../jinja/index.ts';
import { isoText } from './json.ts';
import { namesOf, type TableView } from './view.ts';

/** agate's to_csv: a header, then a line for each row; quoted where a field must be. */
export function csvText(table: TableView): string {
  const rows = table.rows.map((row) => row.values().map(fieldText));
  return [namesOf(table), ...rows].map((fields) => `${fields.map(quoted).join(',')}\n`).join('');
}

function fieldText(value: Value): string {
  if (value === null) return '';
  return value instanceof PyObject ? isoText(value) : str(value);
}

function quoted(field: string, _at: number, fields: readonly string[]): string {
  const mustBe = /[",\r\n]/.test(field) || (field === '' && fields.length === 1);
  return mustBe ? `"${field.replaceAll('"', '""')}"` : field;
}
