import { TsdbtError } from '../../error/index.ts';
import type { Column } from './objects/column.ts';
import type { ColumnChanges } from './objects/column-changes.ts';

/** dbt's text for columns that differ in a way on_schema_change does not allow. */
export function schemaChangeError(changes: ColumnChanges, materialization: string): TsdbtError {
  const config = materialization === 'table' ? 'mv_on_schema_change' : 'on_schema_change';
  const names = (columns: readonly Column[]): string =>
    `[${columns.map((column) => `'${column.pyStr()}'`).join(', ')}]`;
  const message = `
The source and target schemas on this ${materialization} model are out of sync.
They can be reconciled in several ways:
  - set the \`${config}\` config to \`append_new_columns\` or \`sync_all_columns\`.
  - Re-run the ${materialization} model with \`full_refresh: True\` to update the target schema.
  - update the schema manually and re-run the process.

Additional troubleshooting context:
   Source columns not in target: ${names(changes.toDrop)}
   Target columns not in source: ${names(changes.toAdd)}
   New column types: ${names(changes.toModify)}
`;
  return new TsdbtError({ code: 'TSD3004', message });
}
