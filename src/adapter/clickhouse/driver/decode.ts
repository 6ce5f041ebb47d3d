import { type ColumnType, parseType } from './column-type.ts';

/** Turns a value as JSON brought it into the value of its type. */
type Decode = (value: unknown) => unknown;

const INTEGER = /^U?Int\d+$/;

function decodeInteger(value: unknown): unknown {
  // In quotes, because JSON.parse would have rounded it.
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** The server leaves out zeros at the end; a Decimal has all digits of its scale. */
function decodeDecimal(argument: string): Decode {
  const scale = Number(argument.split(',').at(-1));
  return (value) => {
    const [whole, fraction = ''] = String(value).split('.');
    return scale > 0 ? `${whole}.${fraction.padEnd(scale, '0')}` : whole;
  };
}

function decodeFloat(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  // `inf`, `-inf` and `nan` come quoted.
  if (value.endsWith('inf')) return value.startsWith('-') ? -Infinity : Infinity;
  return Number(value);
}

function each(decode: Decode): Decode {
  return (value) => (Array.isArray(value) ? value.map(decode) : value);
}

function decodeTuple(type: ColumnType): Decode {
  const decoders = type.inner.map((inner) => decoderOf(inner));
  return (value) => {
    if (value === null || typeof value !== 'object') return value;
    // Named tuples come as objects.
    const values = Array.isArray(value) ? value : type.names.map((name) => (value as Record<string, unknown>)[name]);
    return values.map((v, i) => (v === null ? null : (decoders[i]?.(v) ?? v)));
  };
}

function decodeMap(decode: Decode): Decode {
  return (value) => {
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, v === null ? null : decode(v)]));
  };
}

const orSame = (decode: Decode | undefined): Decode => decode ?? ((value) => value);

/** How values of a type are decoded; undefined where JSON's value is the value. */
function decoderFor(type: ColumnType): Decode | undefined {
  const [first, second] = type.inner;
  switch (type.name) {
    case 'Float32':
    case 'Float64':
    case 'BFloat16':
      return decodeFloat;
    case 'Decimal':
      return decodeDecimal(type.argument);
    case 'Nullable':
    case 'LowCardinality':
    case 'SimpleAggregateFunction':
      return first === undefined ? undefined : decoderFor(first);
    case 'Array':
      return first === undefined ? undefined : each(decoderOf(first));
    case 'Nested':
      return each(decodeTuple(type));
    case 'Tuple':
      return decodeTuple(type);
    case 'Map':
      return second === undefined ? undefined : decodeMap(decoderOf(second));
    default:
      return INTEGER.test(type.name) ? decodeInteger : undefined;
  }
}

function decoderOf(type: ColumnType): Decode {
  const decode = orSame(decoderFor(type));
  return (value) => (value === null ? null : decode(value));
}

/** Decodes rows in place, by the types of their columns. */
export function decodeRows(rows: unknown[][], types: readonly string[]): void {
  types.forEach((text, column) => {
    const decode = decoderFor(parseType(text));
    if (decode === undefined) return;
    for (const row of rows) if (row[column] !== null) row[column] = decode(row[column]);
  });
}
