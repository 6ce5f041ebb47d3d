import { type ClickHouseType, fractionOf } from '../clickhouse-type.ts';
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

export function isTimeOfDay(type: ClickHouseType): boolean {
  return type.name === 'Time' || type.name === 'Time64';
}

/** A moment with the microseconds that Postgres keeps; what is finer is cut off (towards 1970), in both formats of COPY. */
export function toMicroseconds(type: ClickHouseType, x: string): string {
  return fractionOf(type) > 6 ? `CAST(${x}, 'DateTime64(6, \\'UTC\\')')` : x;
}

export function dateBytes(type: ClickHouseType, x: string): Bytes | undefined {
  return isDay(type) ? { sql: bigEndian(`toInt32(toInt32(${x}) - ${EPOCH_DAYS})`), size: 4 } : undefined;
}

/** Both kinds of timestamp: the instant in UTC. */
export function timestampBytes(type: ClickHouseType, x: string): Bytes | undefined {
  const micros = unixMicros(type, x);
  return micros === undefined ? undefined : { sql: bigEndian(`toInt64(${micros} - ${EPOCH_MICROS})`), size: 8 };
}

function unixMicros(type: ClickHouseType, x: string): string | undefined {
  if (isDay(type)) return `toInt64(toInt32(${x})) * ${DAY_MICROS}`;
  if (type.name === 'DateTime') return `toInt64(${x}) * 1000000`;
  if (type.name === 'DateTime64') return `toUnixTimestamp64Micro(${toMicroseconds(type, x)})`;
  return undefined;
}

export function timeBytes(type: ClickHouseType, x: string): Bytes | undefined {
  return isTimeOfDay(type) ? { sql: bigEndian(timeMicros(type, x)), size: 8 } : undefined;
}

function timeMicros(type: ClickHouseType, x: string): string {
  if (type.name === 'Time') return `toInt64(toInt64(${x}) * 1000000)`;
  const micros = fractionOf(type) > 6 ? `CAST(${x}, 'Time64(6)')` : x;
  return `toInt64(toDecimal64(${micros}, 6) * 1000000)`;
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

export function intervalBytes(type: ClickHouseType, x: string): Bytes | undefined {
  const parts = { micros: constant(0, 8), days: constant(0, 4), months: constant(0, 4) };
  if (isTimeOfDay(type)) parts.micros = bigEndian(timeMicros(type, x));
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
