import { PyObject } from '../../jinja/index.ts';

/** What a column of a result holds, by agate's names in dbt. `integer` keeps ints; other numbers are decimals. */
export type AgateTypeName = 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'text';

export interface AgateColumnSpec {
  readonly name: string;
  readonly type: AgateTypeName;
}

const CLASSES: Readonly<Record<AgateTypeName, string>> = {
  integer: 'Integer',
  number: 'Number',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  text: 'Text',
};

/** An element of `table.column_types`. */
export class AgateType extends PyObject {
  readonly name: AgateTypeName;

  constructor(name: AgateTypeName) {
    super();
    this.name = name;
  }

  pyTypeName(): string {
    return CLASSES[this.name];
  }

  override pyRepr(): string {
    return `<agate.data_types.${this.name}.${CLASSES[this.name]} object>`;
  }
}

/** Python's class names for `print_structure`. */
export function agateClass(name: AgateTypeName): string {
  return CLASSES[name];
}
