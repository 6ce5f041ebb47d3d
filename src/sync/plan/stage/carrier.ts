import { type ClickHouseType, mentions, parseClickHouseType } from '../clickhouse-type.ts';
import { quoteValue } from '../names.ts';

export type StageFormat = 'JSONEachRow' | 'Parquet';

/** How the values of a column pass through a file without losing anything. */
export interface Carrier {
  /** Type of ClickHouse in the file. */
  readonly structure: string;
  /** SQL over a value, for what is written. */
  write(x: string): string;
  /** SQL over what was written, for the value again. */
  read(x: string): string;
  /** Type of what `read` gives: the column's own, or one that reaches Postgres as the same value. */
  readonly type: string;
}

/** Undefined where the format has no room for such a value. */
export function carrierOf(type: ClickHouseType, format: StageFormat): Carrier | undefined {
  const as = (inner: string): string => (type.nullable ? `Nullable(${inner})` : inner);
  const cast = (inner: string) => (x: string) => `CAST(${x}, ${quoteValue(inner)})`;
  if (isShapeless(type)) {
    // Goes as the JSON that Postgres gets in the end; read back as itself, it would be guessed anew.
    return { structure: as('String'), write: (x) => jsonText(type, x), read: same, type: as('String') };
  }
  if (type.name === 'Nothing') {
    return { structure: 'Nullable(String)', write: () => 'NULL', read: same, type: 'Nullable(Nothing)' };
  }
  const own = as(flat(type.text));
  const plain = { structure: own, write: own === as(type.text) ? same : cast(own), read: same, type: own };
  if (type.name === 'Array' && mentions(type, /\bNothing\b/))
    return arrayCarrier(parseClickHouseType(type.args[0]!), format);
  if (format === 'JSONEachRow' || !mentions(type, NOT_IN_PARQUET)) return plain;
  if (type.name === 'Array') return arrayCarrier(parseClickHouseType(type.args[0]!), format);
  const through = PARQUET_KEEPS[/^(Interval|Time)/.exec(type.name)?.[0] ?? type.name];
  if (through === undefined) return undefined;
  return { ...plain, structure: as(through), write: cast(as(through)), read: cast(own) };
}

/** What Parquet has instead of a type: something that can be cast there and back. */
const PARQUET_KEEPS: Readonly<Record<string, string>> = { BFloat16: 'Float32', Interval: 'Int64', Time: 'String' };

/** Whether a type, or one within it, has values of several shapes. */
export function isShapeless(type: ClickHouseType): boolean {
  return mentions(type, /\b(Variant|Dynamic|JSON|Object)\b/);
}

function arrayCarrier(inner: ClickHouseType, format: StageFormat): Carrier | undefined {
  const element = carrierOf(inner, format);
  return (
    element && {
      structure: `Array(${element.structure})`,
      write: (x) => `arrayMap(tsdbt_e -> ${element.write('tsdbt_e')}, ${x})`,
      read: (x) => `arrayMap(tsdbt_e -> ${element.read('tsdbt_e')}, ${x})`,
      type: `Array(${element.type})`,
    }
  );
}

const NOT_IN_PARQUET = /\b(BFloat16|Time|Time64|Interval[A-Z]\w*)\b/;

function same(x: string): string {
  return x;
}

function jsonText(type: ClickHouseType, x: string): string {
  return type.nullable ? `if(isNull(${x}), NULL, assumeNotNull(toJSONString(${x})))` : `toJSONString(${x})`;
}

/** Nested is printed, but not read: it is an array of tuples. */
function flat(text: string): string {
  let out = text;
  for (let at = out.search(/\bNested\(/); at >= 0; at = out.search(/\bNested\(/)) {
    const open = at + 'Nested('.length;
    out = `${out.slice(0, at)}Array(Tuple(${out.slice(open, closing(out, open))}))${out.slice(closing(out, open) + 1)}`;
  }
  return out;
}

/** The place of the parenthesis that closes the one before `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (depth === 0) return i;
  }
  return text.length;
}
