import { type ClickHouseType, fractionOf } from '../clickhouse-type.ts';
import type { PostgresType } from '../postgres-type.ts';
import { type Bytes, bigEndian, constant } from './bytes.ts';

/** Postgres counts from 2000-01-01. */
const EPOCH_DAYS = 10_957;
const EPOCH_MICROS = '946684800000000';
const DAY_MICROS = '86400000000';

export function isDay(type: ClickHouseType): boolean {
  return type.name === 'Date' || type.name === 'Date32';
}

export function isMoment(type: ClickHouseType): boolean {
  return type.name === 'DateTime' || type.name === 'DateTime64';
}

export function isInterval(type: ClickHouseType): boolean {
  return type.name.startsWith('Interval');
}

export function isTimeOfDay(type: ClickHouseType): boolean {
  return type.name === 'Time' || type.name === 'Time64';
}

/** Digits after the second that a type of Postgres keeps: microseconds, or what stands in parentheses. */
function digitsOf({ text }: PostgresType): number {
  return Number(/\((\d)\)/.exec(text)?.[1] ?? 6);
}

/** A moment with the digits that the target keeps; what is finer is cut off (towards 1970), in both formats of COPY. */
export function cutMoment(type: ClickHouseType, target: PostgresType, x: string): string {
  const digits = digitsOf(target);
  return fractionOf(type) > digits ? `CAST(${x}, 'DateTime64(${digits}, \\'UTC\\')')` : x;
}

/** The same of a time of day: what is finer is cut off towards midnight. */
export function cutTime(type: ClickHouseType, target: PostgresType, x: string): string {
  const digits = digitsOf(target);
  return fractionOf(type) > digits ? `CAST(${x}, 'Time64(${digits})')` : x;
}

export function dateBytes(type: ClickHouseType, x: string): Bytes | undefined {
  return isDay(type) ? { sql: bigEndian(`toInt32(toInt32(${x}) - ${EPOCH_DAYS})`), size: 4 } : undefined;
}

/** Both kinds of timestamp: the instant in UTC. */
export function timestampBytes(type: ClickHouseType, x: string, target: PostgresType): Bytes | undefined {
  const micros = unixMicros(type, target, x);
  return micros === undefined ? undefined : { sql: bigEndian(`toInt64(${micros} - ${EPOCH_MICROS})`), size: 8 };
}

function unixMicros(type: ClickHouseType, target: PostgresType, x: string): string | undefined {
  if (isDay(type)) return `toInt64(toInt32(${x})) * ${DAY_MICROS}`;
  if (type.name === 'DateTime') return `toInt64(${x}) * 1000000`;
  if (type.name === 'DateTime64') return `toUnixTimestamp64Micro(${cutMoment(type, target, x)})`;
  return undefined;
}

export function timeBytes(type: ClickHouseType, x: string, target: PostgresType): Bytes | undefined {
  return isTimeOfDay(type) ? { sql: bigEndian(timeMicros(type, target, x)), size: 8 } : undefined;
}

function timeMicros(type: ClickHouseType, target: PostgresType, x: string): string {
  if (type.name === 'Time') return `toInt64(toInt64(${x}) * 1000000)`;
  return `toInt64(toDecimal64(${cutTime(type, target, x)}, 6) * 1000000)`;
}

/** How an Interval type of ClickHouse reads in Postgres: which of the three counters, and how many of it make one. */
const UNITS: Readonly<Record<string, { readonly part: 'micros' | 'days' | 'months'; readonly factor: string }>> = {
  IntervalMicrosecond: { part: 'micros', factor: '1' },
  IntervalMillisecond: { part: 'micros', factor: '1000' },
  IntervalSecond: { part: 'micros', factor: '1000000' },
  IntervalMinute: { part: 'micros', factor: '60000000' },
  IntervalHour: { part: 'micros', factor: '3600000000' },
  IntervalDay: { part: 'days', factor: '1' },
  IntervalWeek: { part: 'days', factor: '7' },
  IntervalMonth: { part: 'months', factor: '1' },
  IntervalQuarter: { part: 'months', factor: '3' },
  IntervalYear: { part: 'months', factor: '12' },
};

export function intervalBytes(type: ClickHouseType, x: string, target: PostgresType): Bytes | undefined {
  const parts = { micros: constant(0, 8), days: constant(0, 4), months: constant(0, 4) };
  if (isTimeOfDay(type)) parts.micros = bigEndian(timeMicros(type, target, x));
  else {
    const unit = UNITS[type.name];
    if (!unit) return undefined;
    const amount = `toInt64(${x}) * ${unit.factor}`;
    parts[unit.part] = bigEndian(unit.part === 'micros' ? `toInt64(${amount})` : `accurateCast(${amount}, 'Int32')`);
  }
  return { sql: `concat(${parts.micros}, ${parts.days}, ${parts.months})`, size: 16 };
}

/** An interval as Postgres reads it; ClickHouse itself prints only the number. */
export function intervalText(type: ClickHouseType, x: string): string | undefined {
  const unit = UNITS[type.name];
  if (!unit) return undefined;
  const words = { micros: ' microsecond', days: ' day', months: ' month' };
  return `concat(toString(toInt64(${x}) * ${unit.factor}), '${words[unit.part]}')`;
}
