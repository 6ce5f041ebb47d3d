/** A column's type with its outer wrappers taken off: `LowCardinality(Nullable(String))` is `String`, both flags set. */
export interface DataType {
  /** The type inside LowCardinality and Nullable. */
  readonly dtype: string;
  readonly lowCardinality: boolean;
  readonly nullable: boolean;
  /** N of FixedString(N). */
  readonly charSize: number | null;
  /** Of Decimal(P, S); 0 where a decimal's text does not tell. */
  readonly precision: number | null;
  readonly scale: number | null;
}

const STRINGS = new Set([
  'string',
  'fixedstring',
  'longblob',
  'longtext',
  'tinytext',
  'text',
  'varchar',
  'mediumblob',
  'blob',
  'tinyblob',
  'char',
  'mediumtext',
]);

export function parseDataType(text: string): DataType {
  let dtype = text.trim();
  const inner = (wrapper: string): boolean => {
    if (!dtype.startsWith(`${wrapper}(`) || !dtype.endsWith(')')) return false;
    dtype = dtype.slice(wrapper.length + 1, -1);
    return true;
  };
  const lowCardinality = inner('LowCardinality');
  const nullable = inner('Nullable');
  const size = /^fixedstring\((\d+)\)/i.exec(dtype)?.[1];
  const decimal = /^Decimal\((\d+), (\d+)\)/.exec(dtype);
  const isDecimal = /^decimal/i.test(dtype);
  return {
    dtype,
    lowCardinality,
    nullable,
    charSize: size === undefined ? null : Number(size),
    precision: isDecimal ? Number(decimal?.[1] ?? 0) : null,
    scale: isDecimal ? Number(decimal?.[2] ?? 0) : null,
  };
}

export function isString(dtype: string): boolean {
  const lower = dtype.toLowerCase();
  return STRINGS.has(lower) || lower.startsWith('fixedstring');
}

export const isInteger = (dtype: string): boolean => /^u?int/i.test(dtype);
export const isDecimal = (dtype: string): boolean => /^decimal/i.test(dtype);
export const isFloat = (dtype: string): boolean => /^float/i.test(dtype);

/** What dbt-clickhouse prints for the type: strings of any kind as String, decimals normalised, wrappers put back. */
export function printDataType(type: DataType): string {
  const bare = isString(type.dtype)
    ? 'String'
    : isDecimal(type.dtype)
      ? `Decimal(${type.precision}, ${type.scale})`
      : type.dtype;
  const nullable = type.nullable ? `Nullable(${bare})` : bare;
  return type.lowCardinality ? `LowCardinality(${nullable})` : nullable;
}

const LABELS: Readonly<Record<string, string>> = {
  STRING: 'String',
  TIMESTAMP: 'DateTime',
  FLOAT: 'Float32',
  INTEGER: 'Int32',
};

/** dbt's label of a type in ClickHouse's words; what is no label stays. */
export function translateType(label: string): string {
  return LABELS[label.toUpperCase()] ?? label;
}
