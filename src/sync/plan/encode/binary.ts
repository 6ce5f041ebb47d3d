import { type ClickHouseType, integerOf, isFloat, parseClickHouseType } from '../clickhouse-type.ts';
import { ELEMENT_OIDS, isDocument, type PostgresType } from '../postgres-type.ts';
import { type Bytes, bigEndian, constant, field, NULL_FIELD } from './bytes.ts';
import { doubleOf, realOf } from './float.ts';
import { numericBytes } from './numeric.ts';
import { dateBytes, intervalBytes, timeBytes, timestampBytes } from './temporal.ts';
import { documentText, plainText, uniqueKeysText } from './text.ts';

/**
 * SQL of ClickHouse for one field of binary COPY: length and value, or the mark of NULL.
 * Binary has no implicit cast, so the bytes are exactly those of `target`; undefined where the pair has no encoder.
 */
export function binaryField(source: ClickHouseType, target: PostgresType, x: string): string | undefined {
  // Nobody can make a value of it.
  if (source.name === 'Nothing') return NULL_FIELD;
  const value = source.nullable && !keepsNull(source) ? `assumeNotNull(${x})` : x;
  const bytes = target.array ? arrayBytes(source, target, value) : scalarBytes(source, target, value);
  if (!bytes) return undefined;
  return source.nullable ? `if(isNull(${x}), ${NULL_FIELD}, ${field(bytes)})` : field(bytes);
}

/** Variant and Dynamic are nullable without being Nullable, so there is nothing to take off. */
function keepsNull(source: ClickHouseType): boolean {
  return source.name === 'Variant' || source.name === 'Dynamic';
}

type Encoder = (source: ClickHouseType, x: string, target: PostgresType) => Bytes | undefined;

const ENCODERS: Readonly<Record<string, Encoder>> = {
  boolean: booleanBytes,
  smallint: integerBytes(16),
  integer: integerBytes(32),
  bigint: integerBytes(64),
  real: realBytes,
  'double precision': doubleBytes,
  numeric: numericBytes,
  text: textBytes,
  'character varying': textBytes,
  character: textBytes,
  // Not toString, which takes the padding off a FixedString.
  bytea: (source, x) => (isBytes(source) ? { sql: x } : undefined),
  json: (source, x) => ({ sql: documentText(source, x) }),
  jsonb: (source, x) => ({ sql: `concat(${constant(1, 1)}, ${uniqueKeysText(source, x)})` }),
  date: dateBytes,
  'timestamp without time zone': timestampBytes,
  'timestamp with time zone': timestampBytes,
  'time without time zone': timeBytes,
  interval: intervalBytes,
  uuid: (source, x) => (source.name === 'UUID' ? { sql: `UUIDToNum(${x})`, size: 16 } : undefined),
  inet: inetBytes,
  point: pointBytes,
};

function scalarBytes(source: ClickHouseType, target: PostgresType, x: string): Bytes | undefined {
  return ENCODERS[target.name]?.(source, x, target);
}

function isBytes(source: ClickHouseType): boolean {
  return source.name === 'String' || source.name === 'FixedString';
}

function textBytes(source: ClickHouseType, x: string): Bytes {
  return { sql: plainText(source, x) };
}

function booleanBytes(source: ClickHouseType, x: string): Bytes | undefined {
  if (source.name === 'Bool') return { sql: `reinterpretAsFixedString(toUInt8(${x}))`, size: 1 };
  if (source.name !== 'UInt8') return undefined;
  return { sql: `reinterpretAsFixedString(toUInt8(${x} + throwIf(${x} > 1, 'only 0 and 1 are boolean')))`, size: 1 };
}

function integerBytes(bits: 16 | 32 | 64): Encoder {
  return (source, x) => {
    const integer = source.name === 'Bool' ? { bits: 8, signed: false } : integerOf(source);
    if (!integer) return undefined;
    const fits = integer.signed ? integer.bits <= bits : integer.bits < bits;
    const cast = fits ? `toInt${bits}(${x})` : `accurateCast(${x}, 'Int${bits}')`;
    return { sql: bigEndian(cast), size: bits / 8 };
  };
}

function doubleBytes(source: ClickHouseType, x: string): Bytes | undefined {
  if (!isFloat(source) && !integerOf(source)) return undefined;
  return { sql: bigEndian(`reinterpretAsUInt64(${doubleOf(source, x)})`), size: 8 };
}

function realBytes(source: ClickHouseType, x: string): Bytes | undefined {
  if (!isFloat(source) && !integerOf(source)) return undefined;
  return { sql: bigEndian(`reinterpretAsUInt32(${realOf(source, x)})`), size: 4 };
}

/** Family, bits of the mask, "is a network", bytes of the address, address. */
function inetBytes(source: ClickHouseType, x: string): Bytes | undefined {
  if (source.name === 'IPv4') {
    return { sql: `concat(${constant(0x02200004, 4)}, ${bigEndian(`toUInt32(${x})`)})`, size: 8 };
  }
  if (source.name !== 'IPv6') return undefined;
  return { sql: `concat(${constant(0x03800010, 4)}, reinterpretAsFixedString(${x}))`, size: 20 };
}

function pointBytes(source: ClickHouseType, x: string): Bytes | undefined {
  if (source.name !== 'Point') return undefined;
  const part = (n: number) => bigEndian(`reinterpretAsUInt64(${x}.${n})`);
  return { sql: `concat(${part(1)}, ${part(2)})`, size: 16 };
}

/** One dimension from 1; an empty array has none at all. */
function arrayBytes(source: ClickHouseType, target: PostgresType, x: string): Bytes | undefined {
  const oid = ELEMENT_OIDS[target.name];
  if (source.name !== 'Array' || oid === undefined) return undefined;
  const inner = parseClickHouseType(source.args[0]!);
  if (inner.name === 'Array' || isDocument(inner)) return undefined;
  const element = binaryField(inner, { ...target, array: false }, 'e');
  if (element === undefined) return undefined;
  const nulls = constant(inner.nullable ? 1 : 0, 4);
  const head = `concat(${constant(1, 4)}, ${nulls}, ${constant(oid, 4)}, ${bigEndian(`toInt32(length(${x}))`)}, ${constant(1, 4)})`;
  const body = `arrayStringConcat(arrayMap(e -> ${element}, ${x}))`;
  const none = `concat(${constant(0, 4)}, ${constant(0, 4)}, ${constant(oid, 4)})`;
  return { sql: `if(empty(${x}), ${none}, concat(${head}, ${body}))` };
}
