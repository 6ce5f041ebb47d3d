import type { Transport } from '../../types.ts';
import { parseClickHouseType } from '../clickhouse-type.ts';
import type { PlannedColumn } from '../columns.ts';
import { quoteColumn } from '../names.ts';
import { parsePostgresType } from '../postgres-type.ts';
import type { StagedSql, StageFile } from './access.ts';
import { type Carrier, carrierOf, isShapeless } from './carrier.ts';

/** The detour of the rows over a file: written from the source, read back for Postgres, by ClickHouse both. */
export interface StagePlan {
  readonly file: StageFile;
  readonly write: StagedSql;
  readonly writeSettings: Readonly<Record<string, string | number>>;
  /** What of the file's columns stands in FROM of the export. */
  readonly read: StagedSql;
  readonly readSettings: Readonly<Record<string, string | number>>;
  /** The columns as they come out of the file. */
  readonly columns: readonly PlannedColumn[];
  readonly problems: readonly string[];
}

/** The specification's file: one for a sync, written anew each time, 64-bit integers as numbers; and nothing lost: nan stays nan. */
const WRITE_SETTINGS: StagePlan['writeSettings'] = {
  s3_truncate_on_insert: 1,
  s3_retry_attempts: 5,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 1,
  output_format_json_named_tuples_as_objects: 1,
  date_time_output_format: 'iso',
};

const READ_SETTINGS: StagePlan['readSettings'] = { s3_retry_attempts: 5, date_time_input_format: 'best_effort' };

export function planStage(
  { path, format }: Extract<Transport, { kind: 's3' }>,
  rowsSql: string,
  columns: readonly PlannedColumn[],
): StagePlan {
  const problems: string[] = [];
  const carried: { readonly column: PlannedColumn; readonly carrier: Carrier }[] = [];
  for (const column of columns) {
    const type = parseClickHouseType(column.sourceType);
    const carrier = carrierOf(type, format);
    if (carrier === undefined || (isShapeless(type) && parsePostgresType(column.type).array)) {
      const other = format === 'Parquet' ? ': use format JSONEachRow, or another type in an expression' : '';
      problems.push(`column "${column.name}": ${column.sourceType} does not pass through ${format}${other}`);
    } else carried.push({ column, carrier });
  }
  const names = carried.map(({ column }) => quoteColumn(column.name));
  const structure = carried.map(({ carrier }, i) => `${names[i]} ${carrier.structure}`).join(', ');
  const written = carried.map(({ carrier }, i) => `${carrier.write(names[i]!)} AS ${names[i]}`).join(', ');
  const read = carried.map(({ carrier }, i) => `${carrier.read(names[i]!)} AS ${names[i]}`).join(', ');
  // Documents get null for nan, as they do without a file; the file's own numbers do not.
  const documents = 'SETTINGS output_format_json_quote_denormals = 0';
  return {
    file: { path, format },
    write: {
      before: 'INSERT INTO FUNCTION ',
      structure,
      after: ` SELECT * FROM (SELECT ${written} FROM (${rowsSql}) ${documents})`,
    },
    writeSettings: WRITE_SETTINGS,
    read: { before: `SELECT ${read} FROM `, structure, after: '' },
    readSettings: READ_SETTINGS,
    columns: carried.map(({ column, carrier }) => ({ ...column, sourceType: carrier.type })),
    problems,
  };
}
