import { str, type Value } from '../../jinja/index.ts';
import { PyDecimal } from '../decimal/decimal.ts';
import { type Digits, quantized, toText } from '../decimal/digits.ts';
import { type AgateColumnSpec, agateClass } from './types.ts';
import type { TableView } from './view.ts';

/** null: no limit. */
export interface PrintOptions {
  readonly maxRows?: number | null;
  readonly maxColumns?: number | null;
  readonly maxColumnWidth?: number | null;
  readonly maxPrecision?: number | null;
}

const ELLIPSIS = '...';

/** agate's print_table: a Markdown table, with text to the left and all else to the right. Ends in a newline. */
export function printedTable(table: TableView, options: PrintOptions = {}): string {
  const { maxRows = 20, maxColumns = 6, maxColumnWidth = 20, maxPrecision = 3 } = options;
  const shownRows = table.rows.slice(0, maxRows ?? undefined);
  const shownColumns = table.columns.slice(0, maxColumns ?? undefined);
  const cut = (text: string) => truncated(text, maxColumnWidth);
  const hasMore = shownColumns.length < table.columns.length;
  const formats = shownColumns.map((column, i) =>
    formatter(
      column,
      shownRows.map((row) => row.at(i)),
      maxPrecision,
    ),
  );
  const header = shownColumns.map((column) => cut(column.name));
  const body = shownRows.map((row) => formats.map((format, i) => cut(format(row.at(i)))));
  const lines = hasMore ? [header, ...body].map((line) => [...line, ELLIPSIS]) : [header, ...body];
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  const isText = widths.map((_, i) => table.columns[i]?.type === 'text');
  const write = (line: readonly string[]) =>
    `|${line.map((cell, i) => ` ${isText[i] ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)} `).join('|')}|`;
  const divider = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...rest] = lines;
  const more = shownRows.length < table.rows.length ? [write(head.map(() => ELLIPSIS))] : [];
  return `${[write(head), divider, ...rest.map(write), ...more].join('\n')}\n`;
}

/** agate's print_structure: the columns and their types. */
export function printedStructure(table: TableView): string {
  const rows = table.columns.map((column) => [column.name, agateClass(column.type)]);
  const [first, second] = [0, 1].map((i) => Math.max(i === 0 ? 6 : 9, ...rows.map((row) => row[i]?.length ?? 0)));
  const write = (row: readonly string[]) => `| ${row[0]?.padEnd(first ?? 0)} | ${row[1]?.padEnd(second ?? 0)} |`;
  const divider = `| ${'-'.repeat(first ?? 0)} | ${'-'.repeat(second ?? 0)} |`;
  return `${[write(['column', 'data_type']), divider, ...rows.map(write)].join('\n')}\n`;
}

function truncated(text: string, width: number | null): string {
  return width !== null && text.length > width ? text.slice(0, width - ELLIPSIS.length) + ELLIPSIS : text;
}

/** Decimals of one column are written with the same number of places, and thousands apart. */
function formatter(
  column: AgateColumnSpec,
  values: readonly Value[],
  maxPrecision: number | null,
): (value: Value) => string {
  if (column.type !== 'number') return (value) => (value === null ? '' : str(value));
  const places = Math.max(0, ...values.map(placesOf));
  const limit = maxPrecision === null ? places : Math.min(places, maxPrecision);
  const mark = places > limit ? '…' : '';
  return (value) =>
    value instanceof PyDecimal ? grouped(quantized(value.digits, limit)) + mark : value === null ? '' : str(value);
}

function placesOf(value: Value): number {
  if (!(value instanceof PyDecimal)) return 0;
  let { coefficient, exponent } = value.digits;
  while (coefficient !== 0n && coefficient % 10n === 0n) [coefficient, exponent] = [coefficient / 10n, exponent + 1];
  return coefficient === 0n ? 0 : Math.max(0, -exponent);
}

function grouped(digits: Digits): string {
  const [whole = '', fraction] = toText(digits).split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}
