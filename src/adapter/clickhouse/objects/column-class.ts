import { Dict, PyObject, type Value } from '../../../jinja/index.ts';
import { method } from './arguments.ts';
import { Column } from './column.ts';
import { translateType } from './data-type.ts';

/** `api.Column`: makes columns and translates dbt's names of types. */
export class ColumnClass extends PyObject {
  pyTypeName(): string {
    return 'type';
  }

  override pyRepr(): string {
    return "<class 'dbt.adapters.clickhouse.column.ClickHouseColumn'>";
  }

  override pyCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
    const name = args[0] ?? kwargs.get('column');
    const type = args[1] ?? kwargs.get('dtype');
    return new Column(String(name), String(type));
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'translate_type':
        return method('translate_type', ['dtype'], translateType);
      case 'create':
        return method('create', ['name', 'label_or_dtype'], (column, type) => new Column(column, translateType(type)));
      case 'from_description':
        return method('from_description', ['name', 'raw_data_type'], (column, type) => new Column(column, type));
      case 'string_type':
        return method('string_type', ['size'], () => 'String');
      case 'numeric_type':
        return method('numeric_type', ['dtype', 'precision', 'scale'], (_type, p, s) => `Decimal(${p}, ${s})`);
      case 'TYPE_LABELS':
        return new Dict(['STRING', 'TIMESTAMP', 'FLOAT', 'INTEGER'].map((label) => [label, translateType(label)]));
      default:
        return undefined;
    }
  }
}
