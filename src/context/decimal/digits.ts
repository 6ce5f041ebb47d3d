import { JinjaError } from '../../jinja/index.ts';

/** coefficient × 10^exponent */
export interface Digits {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Python's default context: results are rounded to 28 digits, half to even. */
const PRECISION = 28;

export function fromText(text: string): Digits | undefined {
  const match = /^\s*([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?\s*$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const coefficient = BigInt(whole + fraction);
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent: Number(exponent) - fraction.length };
}

/** Python's str(): plain digits, or with an exponent where it is positive or the number very small. */
export function toText({ coefficient, exponent }: Digits): string {
  const sign = coefficient < 0n ? '-' : '';
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  const left = digits.length + exponent;
  const point = exponent <= 0 && left > -6 ? left : 1;
  const mantissa =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  const shift = left - point;
  return `${sign}${mantissa}${shift === 0 ? '' : `E${shift < 0 ? '-' : '+'}${Math.abs(shift)}`}`;
}

export function negate({ coefficient, exponent }: Digits): Digits {
  return { coefficient: -coefficient, exponent };
}

export function compare(a: Digits, b: Digits): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function add(a: Digits, b: Digits): Digits {
  const [x, y, exponent] = aligned(a, b);
  return rounded({ coefficient: x + y, exponent });
}

export function multiply(a: Digits, b: Digits): Digits {
  return rounded({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent });
}

export function divide(a: Digits, b: Digits): Digits {
  if (b.coefficient === 0n) throw new JinjaError('ZeroDivisionError', "[<class 'decimal.DivisionByZero'>]");
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(0, PRECISION + 2 + length(b.coefficient) - length(a.coefficient));
  const scaled = a.coefficient * 10n ** BigInt(shift);
  const quotient = scaled / b.coefficient;
  // A digit that says "there was more" keeps the rounding right.
  const sticky = scaled % b.coefficient === 0n ? 0n : sign(a.coefficient) * sign(b.coefficient);
  if (sticky !== 0n) return rounded({ coefficient: quotient * 10n + sticky, exponent: ideal - shift - 1 });
  return trimmed(rounded({ coefficient: quotient, exponent: ideal - shift }), ideal);
}

/** Towards zero, unlike Python's integers. */
export function floorDivide(a: Digits, b: Digits): Digits {
  if (b.coefficient === 0n) throw new JinjaError('ZeroDivisionError', "[<class 'decimal.DivisionByZero'>]");
  const [x, y] = aligned(a, b);
  return { coefficient: x / y, exponent: 0 };
}

/** With the sign of the dividend. */
export function remainder(a: Digits, b: Digits): Digits {
  if (b.coefficient === 0n) throw new JinjaError('ZeroDivisionError', "[<class 'decimal.InvalidOperation'>]");
  const [x, y, exponent] = aligned(a, b);
  return { coefficient: x % y, exponent };
}

/** Whole exponents only. */
export function power(a: Digits, b: Digits): Digits | undefined {
  const [times] = aligned(b, { coefficient: 0n, exponent: 0 });
  if (b.exponent < 0 && times % 10n ** BigInt(-b.exponent) !== 0n) return undefined;
  const n = Number(toText(b));
  if (n < 0) return divide({ coefficient: 1n, exponent: 0 }, power(a, negate(b)) as Digits);
  return rounded({ coefficient: a.coefficient ** BigInt(n), exponent: a.exponent * n });
}

/** To so many places after the point, half to even. */
export function quantized(a: Digits, places: number): Digits {
  const excess = -a.exponent - places;
  if (excess <= 0) return { coefficient: a.coefficient * 10n ** BigInt(-excess), exponent: -places };
  return { coefficient: halfEven(a.coefficient, excess), exponent: -places };
}

function aligned(a: Digits, b: Digits): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = (d: Digits) => d.coefficient * 10n ** BigInt(d.exponent - exponent);
  return [scale(a), scale(b), exponent];
}

function rounded(d: Digits): Digits {
  const excess = length(d.coefficient) - PRECISION;
  return excess <= 0 ? d : { coefficient: halfEven(d.coefficient, excess), exponent: d.exponent + excess };
}

function halfEven(coefficient: bigint, drop: number): bigint {
  const unit = 10n ** BigInt(drop);
  const [quotient, rest] = [coefficient / unit, coefficient % unit];
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > unit || (twice === unit && quotient % 2n !== 0n);
  return up ? quotient + sign(coefficient) : quotient;
}

/** Takes off zeros that the ideal exponent did not ask for. */
function trimmed(d: Digits, ideal: number): Digits {
  let { coefficient, exponent } = d;
  while (exponent < ideal && coefficient % 10n === 0n) [coefficient, exponent] = [coefficient / 10n, exponent + 1];
  return { coefficient, exponent };
}

function length(coefficient: bigint): number {
  return String(coefficient < 0n ? -coefficient : coefficient).length;
}

function sign(value: bigint): bigint {
  return value < 0n ? -1n : 1n;
}
