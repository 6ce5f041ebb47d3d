import {
  type ClickHouseType,
  decimalOf,
  integerOf,
  isFloat,
  isText,
  mentions,
  parseClickHouseType,
} from './clickhouse-type.ts';
import { isDay, isInterval, isMoment, isTimeOfDay } from './encode/temporal.ts';
import { BUILT_IN, isDocument, modifierOf, type PostgresType } from './postgres-type.ts';

/**
 * Why a value of `source` must not go into a column of `target`, in words; undefined where it may.
 * What Postgres would take without an error, and wrongly, is refused here, before the run; the rest it refuses itself, by value.
 */
export function refusal(source: ClickHouseType, target: PostgresType): string | undefined {
  const { text } = source;
  if (mentions(source, /(?<!Simple)AggregateFunction\(/))
    return 'an aggregate state is no value: finish it in an expression';
  if (target.name === 'name') return 'type name cuts text off after 63 bytes: use text';
  if (target.name === '"char"') return 'type "char" cuts text off after one byte: use text';
  if (target.name === 'money') return "type money is read in the way of the server's language: use numeric";
  if (source.name === 'Nothing') return undefined;
  if (target.array) return arrayRefusal(source, target);
  if (mentions(source, /\bIntervalNanosecond\b/)) return 'Postgres counts microseconds: convert it in an expression';
  if (mentions(source, /\bInterval[A-Z]/) && !(isInterval(source) && target.name === 'interval')) {
    return `${text} is printed without its unit: use interval`;
  }
  if (isMoment(source) && (target.name === 'date' || target.name.startsWith('time with'))) {
    return `${text} in a ${target.text} column loses a part of each value: say which in an expression`;
  }
  if (isDocument(source) && source.name !== 'Point' && BUILT_IN.has(target.name) && !DOCUMENTS.has(target.name)) {
    return `${text} needs a jsonb column`;
  }
  if (!takes(source, target.name)) return `${text} does not become ${target.text} as it is: say how in an expression`;
  return digitsRefusal(source, target);
}

const TEXTS = ['text', 'character varying', 'character', 'xml'];
const DOCUMENTS = new Set([...TEXTS, 'json', 'jsonb']);
const WHOLE = ['smallint', 'integer', 'bigint'];
const NUMBERS = [...WHOLE, 'numeric', 'real', 'double precision'];
const MOMENTS = ['timestamp without time zone', 'timestamp with time zone'];

/** What each kind of value becomes without a doubt, beside text, JSON and types of the user's own. */
function takes(source: ClickHouseType, target: string): boolean {
  if (!BUILT_IN.has(target) || DOCUMENTS.has(target)) return true;
  if (isText(source)) return target !== 'bytea' || !source.name.startsWith('Enum');
  return becomes(source).includes(target);
}

function becomes(source: ClickHouseType): readonly string[] {
  const integer = integerOf(source);
  if (integer) return [...NUMBERS, 'boolean', ...(integer.signed || integer.bits > 32 ? [] : ['oid'])];
  if (decimalOf(source) || isFloat(source)) return NUMBERS;
  if (isDay(source)) return ['date', ...MOMENTS];
  if (isMoment(source)) return MOMENTS;
  if (isTimeOfDay(source)) return ['time without time zone', 'time with time zone', 'interval'];
  return OTHERS[isInterval(source) ? 'Interval' : source.name] ?? [];
}

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  Bool: ['boolean', ...WHOLE],
  Interval: ['interval'],
  UUID: ['uuid'],
  IPv4: ['inet', 'cidr'],
  IPv6: ['inet', 'cidr'],
  Point: ['point'],
};

function arrayRefusal(source: ClickHouseType, target: PostgresType): string | undefined {
  if (source.name === 'String') return undefined;
  if (source.name !== 'Array') return `${source.text} is no array`;
  const inner = parseClickHouseType(source.args[0]!);
  return refusal(inner, inner.name === 'Array' ? target : { ...target, array: false });
}

/** Postgres rounds to the digits that a column has; of exact numbers nobody expects that. */
function digitsRefusal(source: ClickHouseType, target: PostgresType): string | undefined {
  const [, kept] = modifierOf(target) ?? [];
  const { scale } = decimalOf(source) ?? { scale: 0 };
  if (target.name !== 'numeric' || modifierOf(target) === undefined || scale <= (kept ?? 0)) return undefined;
  return `${source.text} in ${target.text} loses digits after the point: round it in an expression`;
}

/** What a person should know of values that arrive other than they are, and may. */
export function caveat(source: ClickHouseType, target: PostgresType): string | undefined {
  if (isFloat(source) && target.name === 'numeric' && modifierOf(target) !== undefined)
    return `is rounded to ${target.text}`;
  if (source.name === 'Float64' && target.name === 'real') return 'is rounded to real';
  if (mentions(source, /\b(B?Float\d+|Point)\b/) && (isDocument(source) || source.name === 'Array') && !target.array) {
    return source.name === 'Point' && target.name === 'point'
      ? undefined
      : 'nan and inf become null, as JSON has neither';
  }
  return undefined;
}
