import { type ClickHouseType, integerOf } from '../clickhouse-type.ts';

/** Whole numbers that a float has no room for fail, by name, instead of becoming others. */
export function doubleOf(source: ClickHouseType, x: string): string {
  const whole = integerOf(source);
  return whole && whole.bits > 32 ? `accurateCast(${x}, 'Float64')` : `toFloat64(${x})`;
}

/** Postgres refuses what is too large for the type, where a cast of ClickHouse would make it infinite. */
export function realOf(source: ClickHouseType, x: string): string {
  const whole = integerOf(source);
  if (whole) return whole.bits > 16 ? `accurateCast(${x}, 'Float32')` : `toFloat32(${x})`;
  if (source.name !== 'Float64') return `toFloat32(${x})`;
  const tooLarge = `isInfinite(toFloat32(${x})) AND NOT isInfinite(${x})`;
  return `toFloat32(${x} + throwIf(${tooLarge}, 'a value is out of range for type real'))`;
}
