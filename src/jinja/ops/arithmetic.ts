import { JinjaError, typeError, valueError } from '../errors.ts';
import { PyFloat } from '../values/float.ts';
import { exactInt, nearestRatio, normalizeInt } from '../values/int.ts';
import { PyObject } from '../values/object.ts';
import { Undefined } from '../values/undefined.ts';
import { isInt, toFloat, typeName } from './types.ts';

export type ArithmeticOp = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** As large as an integer may become; computing larger ones would hold the process up. */
const MAX_BITS = 2 ** 23;

const big = (value: any): bigint => BigInt(value);

/** Arithmetic on two numbers. */
export function numeric(op: ArithmeticOp, a: any, b: any): any {
  if (op === '/') return divide(a, b);
  if (a instanceof PyFloat || b instanceof PyFloat) return new PyFloat(floatOp(op, asFloat(a), asFloat(b)));
  const exact = typeof a === 'bigint' || typeof b === 'bigint' ? exactOp(op, big(a), big(b)) : undefined;
  if (exact !== undefined) return normalizeInt(exact);
  switch (op) {
    case '+':
      return exactInt(Number(a) + Number(b), () => big(a) + big(b));
    case '-':
      return exactInt(Number(a) - Number(b), () => big(a) - big(b));
    case '*':
      return exactInt(Number(a) * Number(b), () => big(a) * big(b));
    case '**':
      return power(a, b);
    default:
      return integerDivision(op, a, b);
  }
}

/** Where an operand is beyond the safe range, a sum of floats may be wrong and yet look safe. */
function exactOp(op: ArithmeticOp, a: bigint, b: bigint): bigint | undefined {
  return op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : undefined;
}

function asFloat(value: any): number {
  const float = toFloat(value);
  if (!Number.isFinite(float) && typeof value === 'bigint') {
    throw new JinjaError('OverflowError', 'int too large to convert to float');
  }
  return float;
}

function zeroDivision(message: string): JinjaError {
  return new JinjaError('ZeroDivisionError', message);
}

function divide(a: any, b: any): PyFloat {
  const float = a instanceof PyFloat || b instanceof PyFloat;
  if (!float && (typeof a === 'bigint' || typeof b === 'bigint')) return divideExactly(big(a), big(b));
  const divisor = asFloat(b);
  if (divisor === 0) throw zeroDivision(float ? 'float division by zero' : 'division by zero');
  return new PyFloat(asFloat(a) / divisor);
}

function divideExactly(a: bigint, b: bigint): PyFloat {
  if (b === 0n) throw zeroDivision('division by zero');
  const ratio = nearestRatio(a, b);
  if (Number.isFinite(ratio)) return new PyFloat(ratio);
  throw new JinjaError('OverflowError', 'integer division result too large for a float');
}

function integerDivision(op: '//' | '%', a: any, b: any): number | bigint {
  const divisor = Number(b);
  if (divisor === 0) throw zeroDivision(op === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero');
  if (typeof a !== 'bigint' && typeof b !== 'bigint') {
    const rest = Number(a) % divisor;
    const remainder = rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest + 0;
    return op === '%' ? remainder || 0 : (Number(a) - remainder) / divisor || 0;
  }
  const rest = big(a) % big(b);
  const remainder = rest !== 0n && rest < 0n !== big(b) < 0n ? rest + big(b) : rest;
  return normalizeInt(op === '%' ? remainder : (big(a) - remainder) / big(b));
}

function floatOp(op: ArithmeticOp, a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return a * b;
  if (op === '**') return floatPower(a, b);
  if (b === 0) throw zeroDivision(op === '%' ? 'float modulo' : 'float floor division by zero');
  const rest = a % b;
  const remainder = rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest === 0 ? (b < 0 ? -0 : 0) : rest;
  if (op === '%') return remainder;
  const quotient = (a - remainder) / b;
  const whole = Math.floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

function floatPower(a: number, b: number): number {
  if (a === 0 && b < 0) throw zeroDivision('0.0 cannot be raised to a negative power');
  if (a === 1 || b === 0) return 1;
  const result = a ** b;
  if (Number.isFinite(a) && Number.isFinite(b)) {
    if (Number.isNaN(result)) throw valueError('a negative number to a fractional power is complex');
    if (!Number.isFinite(result)) throw new JinjaError('OverflowError', "(34, 'Numerical result out of range')");
  }
  return result;
}

function power(a: any, b: any): any {
  if (Number(b) < 0) {
    if (Number(a) === 0) throw zeroDivision('0.0 cannot be raised to a negative power');
    // The host's own power is a last digit off here and there.
    const exact = Number(b) >= -64 ? nearestRatio(1n, big(a) ** -big(b)) : Number(a) ** Number(b);
    return new PyFloat(exact);
  }
  return exactInt(Number(a) ** Number(b), () => {
    const size = BigInt(a < 0 ? -a : a).toString(16).length * 4 * Number(b);
    if (size > MAX_BITS) throw new JinjaError('MemoryError', 'integer too large');
    return big(a) ** big(b);
  });
}

/** What is left when neither operand's own rules apply: undefined values, the host's objects, or an error. */
export function fallback(op: ArithmeticOp, a: any, b: any): any {
  if (a instanceof Undefined) a.fail();
  if (b instanceof Undefined) b.fail();
  const own = a instanceof PyObject ? a.pyBinary?.(op, b, false) : undefined;
  const result = own ?? (b instanceof PyObject ? b.pyBinary?.(op, a, true) : undefined);
  if (result !== undefined) return result;
  const sign = op === '**' ? '** or pow()' : op;
  throw typeError(`unsupported operand type(s) for ${sign}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** Python's unary `-` and `+`. */
export function sign(op: '-' | '+', value: any): any {
  if (typeof value === 'number') return op === '-' ? 0 - value : value;
  if (isInt(value)) return op === '-' ? normalizeInt(-big(value)) : normalizeInt(big(value));
  if (value instanceof PyFloat) return op === '-' ? new PyFloat(-value.value) : value;
  if (value instanceof Undefined) value.fail();
  if (value instanceof PyObject) {
    const result = value.pyBinary?.(op === '-' ? '*' : '+', op === '-' ? -1 : 0, false);
    if (result !== undefined) return result;
  }
  throw typeError(`bad operand type for unary ${op}: '${typeName(value)}'`);
}
