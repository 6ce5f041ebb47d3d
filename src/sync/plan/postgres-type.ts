import { type ClickHouseType, decimalOf, integerOf, parseClickHouseType } from './clickhouse-type.ts';

/** A type of Postgres as format_type() prints it, taken apart. */
export interface PostgresType {
  /** Base name, such as `numeric`, `character varying`, `timestamp with time zone`. */
  readonly name: string;
  /** The type as SQL, with its modifier. */
  readonly text: string;
  readonly array: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

/** Reads a type as a person or format_type() writes it: `varchar(20)`, `numeric(18,4)`, `timestamp(3) with time zone`, `text[]`. */
export function parsePostgresType(text: string): PostgresType {
  const array = /\[\d*\]\s*$/.test(text);
  const element = text.replace(/(\[\d*\]\s*)+$/, '').trim();
  const modifier = /\([^)]*\)/.exec(element)?.[0] ?? '';
  const words = element.replace(modifier, ' ').replace(/\s+/g, ' ').trim();
  const name = words.startsWith('"') ? words : words.toLowerCase();
  const full = ALIASES[name] ?? name;
  return { name: full, text: withModifier(full, modifier.replace(/\s/g, '')) + (array ? '[]' : ''), array };
}

/** The precision of a timestamp stands between its words. */
function withModifier(name: string, modifier: string): string {
  const match = /^(timestamp|time)( with.*)$/.exec(name);
  return match ? `${match[1]}${modifier}${match[2]}` : `${name}${modifier}`;
}

/** OIDs of the built-in types, which binary arrays carry. */
export const ELEMENT_OIDS: Readonly<Record<string, number>> = {
  boolean: 16,
  bytea: 17,
  bigint: 20,
  smallint: 21,
  integer: 23,
  text: 25,
  json: 114,
  point: 600,
  real: 700,
  'double precision': 701,
  inet: 869,
  character: 1042,
  'character varying': 1043,
  date: 1082,
  'time without time zone': 1083,
  'timestamp without time zone': 1114,
  'timestamp with time zone': 1184,
  interval: 1186,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
};

/** Types of Postgres itself. What has another name is a type of the user's: a domain, an enum, one of an extension. */
export const BUILT_IN: ReadonlySet<string> = new Set([
  ...Object.keys(ELEMENT_OIDS),
  ...['bit', 'bit varying', 'box', 'cid', 'cidr', 'circle', 'jsonpath', 'line', 'lseg', 'macaddr', 'macaddr8', 'oid'],
  ...['path', 'pg_lsn', 'pg_snapshot', 'polygon', 'tid', 'time with time zone', 'tsquery', 'tsvector', 'txid_snapshot'],
  ...['xid', 'xid8', 'xml', 'regclass', 'regproc', 'regprocedure', 'regtype', 'regrole', 'regnamespace', 'regoper'],
  ...['int4', 'int8', 'num', 'ts', 'tstz', 'date'].flatMap((of) => [`${of}range`, `${of}multirange`]),
]);

const PLAIN: Readonly<Record<string, string>> = {
  String: 'text',
  FixedString: 'text',
  Enum8: 'text',
  Enum16: 'text',
  Bool: 'boolean',
  Float32: 'real',
  BFloat16: 'real',
  Float64: 'double precision',
  Date: 'date',
  Date32: 'date',
  DateTime: 'timestamp with time zone',
  DateTime64: 'timestamp with time zone',
  Time: 'interval',
  Time64: 'interval',
  UUID: 'uuid',
  IPv4: 'inet',
  IPv6: 'inet',
  Point: 'point',
};

const AS_JSON = new Set([
  'Map',
  'Tuple',
  'Nested',
  'JSON',
  'Object',
  'Variant',
  'Dynamic',
  'Ring',
  'LineString',
  'Polygon',
]);
const AS_JSON_TOO = new Set(['MultiPolygon', 'MultiLineString', 'Geometry']);

/** Whether ClickHouse prints a value of this type as a JSON object or array. */
export function isDocument(type: ClickHouseType): boolean {
  return AS_JSON.has(type.name) || AS_JSON_TOO.has(type.name);
}

/** The column type that holds every value of a ClickHouse type; undefined where there is none (aggregate states). */
export function defaultPostgresType(type: ClickHouseType): string | undefined {
  const integer = integerOf(type);
  if (integer) return integerType(integer);
  const decimal = decimalOf(type);
  if (decimal) return `numeric(${decimal.precision},${decimal.scale})`;
  if (type.name.startsWith('Interval')) return 'interval';
  if (isDocument(type)) return 'jsonb';
  if (type.name === 'Array') return arrayType(parseClickHouseType(type.args[0]!));
  return PLAIN[type.name];
}

function integerType({ bits, signed }: { readonly bits: number; readonly signed: boolean }): string {
  if (bits >= 64 && !(signed && bits === 64)) return `numeric(${{ 64: 20, 128: 39, 256: 78 }[bits]},0)`;
  const needed = signed ? bits : bits + 1;
  return needed <= 16 ? 'smallint' : needed <= 32 ? 'integer' : 'bigint';
}

/** Postgres wants rectangles where ClickHouse allows any nesting, so only flat arrays become arrays. */
function arrayType(element: ClickHouseType): string {
  if (element.name === 'Array' || isDocument(element)) return 'jsonb';
  const inner = defaultPostgresType(element);
  return inner === undefined ? 'jsonb' : `${inner}[]`;
}

const WIDENING: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint', 'numeric'],
  ['real', 'double precision'],
  ['character varying', 'text'],
  ['date', 'timestamp without time zone'],
];

/** Whether every value of one type is a value of the other. A length or precision that stays or goes is fine, a new one is not. */
export function isWider(from: string, to: string): boolean {
  const [a, b] = [parsePostgresType(from), parsePostgresType(to)];
  if (a.array !== b.array || (b.text.includes('(') && a.name !== b.name)) return false;
  if (a.name !== b.name)
    return WIDENING.some((row) => row.includes(a.name) && row.indexOf(b.name) > row.indexOf(a.name));
  const [m, n] = [modifierOf(a), modifierOf(b)];
  if (n === undefined) return true;
  if (m === undefined || m.length !== n.length) return false;
  // numeric(p,s): neither the digits before the point nor those after it may become fewer.
  return m.length === 2 ? n[1]! >= m[1]! && n[0]! - n[1]! >= m[0]! - m[1]! : n[0]! >= m[0]!;
}

/** What stands in parentheses behind a type: length, precision, precision and scale; undefined where nothing does. */
export function modifierOf({ text }: PostgresType): number[] | undefined {
  return /\(([\d,]+)\)/.exec(text)?.[1]?.split(',').map(Number);
}
