import { readFile } from 'node:fs/promises';
import { AgateTable, type AgateTypeName } from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import { CELL_TYPES, isNull } from './cell-types.ts';

export interface SeedOptions {
  /** Default `,`. */
  readonly delimiter?: string | undefined;
  /** Columns with a configured type: their texts stay as they are. */
  readonly textColumns?: readonly string[] | undefined;
}

/** A seed's CSV file as a table, with types found from its values as dbt does. Throws TSD1101 for a file that is no CSV. */
export async function loadSeed(path: string, options: SeedOptions = {}): Promise<AgateTable> {
  const [{ parse }, contents] = await Promise.all([import('csv-parse/sync'), readFile(path, 'utf8')]);
  try {
    const rows: string[][] = parse(contents, {
      bom: true,
      delimiter: options.delimiter ?? ',',
      relax_column_count: true,
      relax_quotes: true,
    });
    return seedTable(rows, path, options.textColumns ?? []);
  } catch (cause) {
    if (cause instanceof TsdbtError) throw cause;
    throw notCsv(path, (cause as Error).message, 0);
  }
}

function seedTable(rows: readonly (readonly string[])[], path: string, textColumns: readonly string[]): AgateTable {
  const [names = [], ...data] = rows;
  const wide = data.findIndex((row) => row.length > names.length);
  if (wide >= 0) {
    const what = `Row ${wide} has ${data[wide]?.length} values, but Table only has ${names.length} columns.`;
    throw notCsv(path, what, wide + 2);
  }
  const columns = names.map((name, i) => {
    const cells = data.map((row) => row[i] ?? '');
    return { name, ...typed(cells, textColumns.includes(name)) };
  });
  return AgateTable.of({
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: data.map((_row, at) => columns.map((column) => column.values[at])),
  });
}

/** The first type that all cells of a column have. */
function typed(
  cells: readonly string[],
  isText: boolean,
): { readonly type: AgateTypeName; readonly values: readonly unknown[] } {
  for (const [type, cast] of isText ? CELL_TYPES.slice(-1) : CELL_TYPES) {
    const values: unknown[] = [];
    for (const cell of cells) {
      const value = isNull(cell) ? null : cast(cell);
      if (value === undefined) break;
      values.push(value);
    }
    if (values.length === cells.length) return { type, values };
  }
  return { type: 'text', values: cells };
}

function notCsv(path: string, message: string, line: number): TsdbtError {
  return new TsdbtError({
    code: 'TSD1101',
    message: `seed file cannot be read: ${message}`,
    at: { file: path, line, col: 0 },
    hint: 'Check quotes and the number of values in each row; another separator is set by the config `delimiter`.',
  });
}
