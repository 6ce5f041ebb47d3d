import { TsdbtError } from '../../../error/index.ts';
import { PyObject, type Value } from '../../../jinja/index.ts';
import { doubleQuote } from '../quote.ts';
import { method } from './arguments.ts';
import { type DataType, isDecimal, isFloat, isInteger, isString, parseDataType, printDataType } from './data-type.ts';

/** A column as templates hold it. */
export class Column extends PyObject {
  readonly name: string;
  /** The type as the server wrote it. */
  readonly rawType: string;
  readonly type: DataType;

  constructor(name: string, rawType: string) {
    super();
    this.name = name;
    this.rawType = rawType.trim();
    this.type = parseDataType(rawType);
  }

  get dataType(): string {
    return printDataType(this.type);
  }

  get quoted(): string {
    return doubleQuote(this.name);
  }

  pyTypeName(): string {
    return 'ClickHouseColumn';
  }

  override pyAttr(name: string): Value | undefined {
    const read = ATTRIBUTES[name];
    return read === undefined ? undefined : read(this);
  }

  override pyStr(): string {
    return `${this.name} ${this.type.nullable ? `Nullable(${this.dataType})` : this.dataType}`;
  }

  override pyRepr(): string {
    const nullable = this.type.nullable ? 'True' : 'False';
    return `<ClickhouseColumn ${this.name} (${this.dataType}, is nullable: ${nullable})>`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof Column && other.name === this.name && other.rawType === this.rawType;
  }

  override pyTruth(): boolean {
    return true;
  }
}

const test =
  (name: string, check: (dtype: string) => boolean) =>
  (column: Column): Value =>
    method(name, [], () => check(column.type.dtype));

const ATTRIBUTES: Readonly<Record<string, (column: Column) => Value>> = {
  __proto__: null as never,
  name: (column) => column.name,
  column: (column) => column.name,
  quoted: (column) => column.quoted,
  dtype: (column) => column.type.dtype,
  data_type: (column) => column.dataType,
  expanded_data_type: (column) => column.dataType,
  raw_type: (column) => column.rawType,
  char_size: (column) => column.type.charSize,
  numeric_precision: (column) => column.type.precision,
  numeric_scale: (column) => column.type.scale,
  is_nullable: (column) => column.type.nullable,
  is_low_cardinality: (column) => column.type.lowCardinality,
  is_string: test('is_string', isString),
  is_integer: test('is_integer', isInteger),
  is_numeric: test('is_numeric', isDecimal),
  is_float: test('is_float', isFloat),
  is_number: test('is_number', (dtype) => isInteger(dtype) || isDecimal(dtype) || isFloat(dtype)),
  string_size: (column) => method('string_size', [], () => stringSize(column)),
  literal: (column) => method('literal', ['value'], (value) => `to${column.type.dtype}(${value})`),
  can_expand_to: (column) =>
    method('can_expand_to', ['other_column'], (other: Column) => {
      const strings = isString(column.type.dtype) && isString(other.type.dtype);
      return strings && stringSize(other) > stringSize(column);
    }),
};

/** Bytes a string column holds: N of FixedString(N), 256 for a String. Throws TSD2003 for other columns. */
function stringSize(column: Column): number {
  if (isString(column.type.dtype)) return column.type.charSize ?? 256;
  throw new TsdbtError({
    code: 'TSD2003',
    message: 'Called string_size() on non-string field!',
    hint: `Column ${column.name} is of type ${column.rawType}; ask is_string() first.`,
  });
}
