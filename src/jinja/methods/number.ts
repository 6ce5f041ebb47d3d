import { JinjaError, valueError } from '../errors.ts';
import { toFloat } from '../ops/types.ts';
import { PyFloat } from '../values/float.ts';
import { normalizeInt } from '../values/int.ts';
import { tuple } from '../values/tuple.ts';
import { checkedTable, each } from './arguments.ts';

const bits = (self: number | bigint): string => BigInt(self < 0 ? -self : self).toString(2);

export const INT_METHODS = checkedTable('int', each('bit_length bit_count conjugate as_integer_ratio', 0, 0), {
  bit_length: (self) => (Number(self) === 0 ? 0 : bits(self).length),
  bit_count: (self) => [...bits(self)].filter((bit) => bit === '1').length,
  conjugate: (self) => normalizeInt(BigInt(self)),
  is_integer: () => true,
  as_integer_ratio: (self) => tuple([normalizeInt(BigInt(self)), 1]),
});

export const FLOAT_METHODS = checkedTable('float', each('is_integer conjugate hex as_integer_ratio', 0, 0), {
  is_integer: (self) => Number.isInteger(toFloat(self)),
  conjugate: (self) => new PyFloat(toFloat(self)),
  hex: (self) => hexOf(toFloat(self)),
  as_integer_ratio: (self) => ratioOf(toFloat(self)),
});

/** A finite float as a fraction of whole numbers, the second a power of two. */
function fraction(value: number): [bigint, bigint] {
  let denominator = 1n;
  let numerator = value;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return [BigInt(numerator), denominator];
}

function ratioOf(value: number): unknown {
  if (Number.isNaN(value)) throw valueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) throw new JinjaError('OverflowError', 'cannot convert Infinity to integer ratio');
  return tuple(fraction(value).map(normalizeInt));
}

/** `0x1.8000000000000p+1`: thirteen hexadecimal digits and a power of two. */
function hexOf(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const raw = view.getBigUint64(0);
  const exponent = Number(raw >> 52n);
  const digits = (raw & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${digits}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}
