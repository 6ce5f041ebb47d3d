import { type ClickHouseType, decimalOf, integerOf } from '../clickhouse-type.ts';
import { type Bytes, bigEndian, constant } from './bytes.ts';

const DIGITS: Readonly<Record<number, number>> = { 8: 3, 16: 5, 32: 10, 64: 20, 128: 39, 256: 78 };

interface Scaled {
  /** The value times 10^scale, as an integer of ClickHouse. */
  readonly sql: string;
  readonly precision: number;
  readonly scale: number;
  /** Width in bits of the unsigned type that holds the magnitude with its padding. */
  readonly bits: 64 | 128 | 256;
}

/** Postgres numbers are digits to the base 10,000, most significant first, with the point between two of them. */
export function numericBytes(type: ClickHouseType, x: string): Bytes | undefined {
  const scaled = scale(type, x);
  if (!scaled) return undefined;
  const fraction = Math.ceil(scaled.scale / 4);
  const whole = Math.ceil((scaled.precision - scaled.scale) / 4);
  const count = Math.max(whole + fraction, 1);
  const unsigned = `toUInt${scaled.bits}`;
  const padding = 10n ** BigInt(4 * fraction - scaled.scale);
  // The smallest integer has no positive twin of its own type, hence the detour by one.
  const size = `if(${scaled.sql} < 0, ${unsigned}(-(${scaled.sql} + 1)) + 1, ${unsigned}(${scaled.sql}))`;
  const magnitude = `${unsigned}(${size} * ${unsigned}('${padding}'))`;
  const groups: string[] = [];
  for (let k = count - 1; k >= 0; k--) {
    const shifted = k === 0 ? magnitude : `intDiv(${magnitude}, ${unsigned}('${10000n ** BigInt(k)}'))`;
    groups.push(bigEndian(`toInt16(${shifted} % 10000)`));
  }
  const weight = constant((whole - 1) & 0xffff, 2);
  const sign = `if(${scaled.sql} < 0, ${constant(0x4000, 2)}, ${constant(0, 2)})`;
  const head = [constant(count, 2), weight, sign, constant(scaled.scale, 2)];
  return { sql: `concat(${[...head, ...groups].join(', ')})`, size: 8 + 2 * count };
}

function scale(type: ClickHouseType, x: string): Scaled | undefined {
  const integer = integerOf(type);
  if (integer) {
    const bits = integer.bits <= 64 ? 64 : integer.bits === 128 ? 128 : 256;
    return { sql: x, precision: DIGITS[integer.bits]!, scale: 0, bits };
  }
  const decimal = decimalOf(type);
  if (!decimal) return undefined;
  const { precision, scale: after } = decimal;
  const stored = precision <= 9 ? 32 : precision <= 18 ? 64 : precision <= 38 ? 128 : 256;
  const digits = precision + 3;
  const bits = digits <= 19 ? 64 : digits <= 38 ? 128 : 256;
  return { sql: `reinterpret(${x}, 'Int${stored}')`, precision, scale: after, bits };
}
