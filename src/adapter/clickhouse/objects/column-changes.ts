import { PyObject, type Value } from '../../../jinja/index.ts';
import type { Column } from './column.ts';

export type OnSchemaChange = 'ignore' | 'fail' | 'append_new_columns' | 'sync_all_columns';

/** How the columns of a query differ from those of the table it is to feed; true where they do. */
export class ColumnChanges extends PyObject {
  readonly mode: OnSchemaChange;
  readonly toAdd: readonly Column[];
  readonly toDrop: readonly Column[];
  readonly toModify: readonly Column[];
  readonly query: readonly Column[];
  readonly kept: readonly Column[];

  constructor(mode: OnSchemaChange, table: readonly Column[], query: readonly Column[]) {
    super();
    const inTable = new Map(table.map((column) => [column.name, column]));
    const inQuery = new Set(query.map((column) => column.name));
    this.mode = mode;
    this.query = query;
    this.kept = table.filter((column) => inQuery.has(column.name));
    this.toDrop = table.filter((column) => !inQuery.has(column.name));
    this.toAdd = query.filter((column) => !inTable.has(column.name));
    this.toModify = query.filter((column) => {
      const before = inTable.get(column.name);
      return before !== undefined && before.type.dtype !== column.type.dtype;
    });
  }

  get any(): boolean {
    return this.toAdd.length + this.toDrop.length + this.toModify.length > 0;
  }

  /** Whether the table would have to change in a way the mode does not allow. */
  get conflicting(): boolean {
    if (this.mode === 'fail') return this.any;
    return this.mode !== 'sync_all_columns' && this.toDrop.length + this.toModify.length > 0;
  }

  pyTypeName(): string {
    return 'ClickHouseColumnChanges';
  }

  override pyTruth(): boolean {
    return this.any;
  }

  override pyStr(): string {
    const names = (columns: readonly Column[]): string => columns.map((column) => column.pyStr()).join(', ');
    return `add [${names(this.toAdd)}], drop [${names(this.toDrop)}], modify [${names(this.toModify)}]`;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'on_schema_change':
        return this.mode;
      case 'columns_to_add':
        return [...this.toAdd];
      case 'columns_to_drop':
        return [...this.toDrop];
      case 'columns_to_modify':
        return [...this.toModify];
      case 'query_columns':
        return [...this.query];
      case 'kept_columns':
        return [...this.kept];
      case 'has_schema_changes':
        return this.any;
      case 'has_sync_changes':
        return this.toDrop.length + this.toModify.length > 0;
      case 'has_conflicting_changes':
        return this.conflicting;
      default:
        return undefined;
    }
  }
}
