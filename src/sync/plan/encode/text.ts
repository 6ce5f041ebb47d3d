import { type ClickHouseType, integerOf, isFloat, parseClickHouseType } from '../clickhouse-type.ts';
import { isDocument, type PostgresType } from '../postgres-type.ts';
import { doubleOf, realOf } from './float.ts';
import { cutMoment, cutTime, intervalText, isDay, isMoment, isTimeOfDay } from './temporal.ts';

/**
 * SQL of ClickHouse for a value as text that Postgres reads as `target`; NULL stays NULL.
 * ClickHouse's TSV escapes what COPY's text format unescapes, so nothing more is needed around it.
 */
export function textValue(source: ClickHouseType, target: PostgresType, x: string): string {
  if (target.array && source.name === 'Array') return arrayLiteral(source, target, x);
  switch (target.name) {
    case 'bytea':
      return source.name === 'String' || source.name === 'FixedString'
        ? `concat('\\\\x', hex(${x}))`
        : plainText(source, x);
    case 'json':
      return documentText(source, x);
    case 'jsonb':
      return uniqueKeysText(source, x);
    case 'smallint':
    case 'integer':
    case 'bigint':
      return source.name === 'Bool' ? `toString(toUInt8(${x}))` : plainText(source, x);
    case 'real':
      return isFloat(source) || integerOf(source) ? `toString(${realOf(source, x)})` : plainText(source, x);
    case 'double precision':
      return isFloat(source) || integerOf(source) ? `toString(${doubleOf(source, x)})` : plainText(source, x);
    case 'timestamp with time zone':
      return isDay(source) || isMoment(source)
        ? `concat(${momentText(source, target, x)}, '+00')`
        : plainText(source, x);
    case 'timestamp without time zone':
      return isDay(source) || isMoment(source) ? momentText(source, target, x) : plainText(source, x);
    case 'interval':
    case 'time without time zone':
    case 'time with time zone':
      return isTimeOfDay(source)
        ? `toString(${cutTime(source, target, x)})`
        : (intervalText(source, x) ?? plainText(source, x));
    case 'point':
      return source.name === 'Point'
        ? `concat('(', toString(${x}.1), ',', toString(${x}.2), ')')`
        : plainText(source, x);
    default:
      return plainText(source, x);
  }
}

/** A value as a person would write it: what a text column gets, in either format. */
export function plainText(source: ClickHouseType, x: string): string {
  if (source.name === 'String') return `toString(${x})`;
  // The padding goes; a NUL inside is data, and Postgres refuses it by name.
  if (source.name === 'FixedString') return `trim(TRAILING '\\0' FROM toString(${x}))`;
  if (source.name === 'Array' || isDocument(source)) return documentText(source, x);
  if (isMoment(source)) return `toString(toTimeZone(${x}, 'UTC'))`;
  return `toString(${x})`;
}

function momentText(source: ClickHouseType, target: PostgresType, x: string): string {
  if (isDay(source)) return `concat(toString(${x}), ' 00:00:00')`;
  return `toString(toTimeZone(${cutMoment(source, target, x)}, 'UTC'))`;
}

/** JSON: a String is taken as JSON already, and Postgres checks that it is. */
export function documentText(source: ClickHouseType, x: string): string {
  if (source.name === 'String' || source.name === 'FixedString') return plainText(source, x);
  return source.name === 'Variant' || source.name === 'Dynamic'
    ? `assumeNotNull(toJSONString(${x}))`
    : `toJSONString(${x})`;
}

/** The same for jsonb, which keeps one value of each key: a Map that has a key twice fails, instead of losing one. */
export function uniqueKeysText(source: ClickHouseType, x: string): string {
  if (source.name !== 'Map') return documentText(source, x);
  const isTwice = `length(mapKeys(${x})) != arrayUniq(mapKeys(${x}))`;
  return `concat(${documentText(source, x)}, repeat('', throwIf(${isTwice}, 'a Map has a key twice')))`;
}

/** `{"a",NULL,"b\"c"}`. Every element is quoted, so no word in it can mean anything to the array's grammar. */
function arrayLiteral(source: ClickHouseType, target: PostgresType, x: string): string {
  const inner = parseClickHouseType(source.args[0]!);
  const nested = inner.name === 'Array';
  const value = inner.nullable ? 'assumeNotNull(e)' : 'e';
  const text = nested ? arrayLiteral(inner, target, 'e') : textValue(inner, { ...target, array: false }, value);
  const quoted = nested ? text : `concat('"', replaceAll(replaceAll(${text}, '\\\\', '\\\\\\\\'), '"', '\\\\"'), '"')`;
  const element = inner.nullable ? `if(isNull(e), 'NULL', ${quoted})` : quoted;
  return `concat('{', arrayStringConcat(arrayMap(e -> ${element}, ${x}), ','), '}')`;
}
