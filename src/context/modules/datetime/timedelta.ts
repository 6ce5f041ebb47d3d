import { JinjaError, nearestRatio, PyFloat, PyObject, typeName, type Value } from '../../../jinja/index.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { bareMethod, keywordArguments } from '../../builtin-method.ts';
import { pyTypeError, pyValueError } from '../../py-function.ts';

const DAY = 86_400_000_000n;
/** A microsecond less than 1,000,000,000 days. */
export const LONGEST = 1_000_000_000n * DAY - 1n;
const INT_MAX = 2n ** 31n - 1n;
const UNITS: Readonly<Record<string, number>> = {
  days: 86_400_000_000,
  seconds: 1_000_000,
  microseconds: 1,
  milliseconds: 1000,
  minutes: 60_000_000,
  hours: 3_600_000_000,
  weeks: 604_800_000_000,
};

/** Python's timedelta: a whole number of microseconds. */
export class PyTimedelta extends PyObject {
  readonly micros: bigint;

  constructor(micros: bigint) {
    super();
    const days = floorDivide(micros, DAY);
    if (days > INT_MAX || days < -INT_MAX - 1n) {
      throw new JinjaError('OverflowError', 'Python int too large to convert to C int');
    }
    if (days > 999_999_999n || days < -999_999_999n)
      throw new JinjaError('OverflowError', `days=${days}; must have magnitude <= 999999999`);
    this.micros = micros;
  }

  static ofSeconds(seconds: number): PyTimedelta {
    return new PyTimedelta(BigInt(Math.round(seconds * 1_000_000)));
  }

  pyTypeName(): string {
    return 'datetime.timedelta';
  }

  get days(): number {
    return Number(floorDivide(this.micros, DAY));
  }

  get seconds(): number {
    return Number((this.micros - BigInt(this.days) * DAY) / 1_000_000n);
  }

  get microseconds(): number {
    return Number((this.micros - BigInt(this.days) * DAY) % 1_000_000n);
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'days':
      case 'seconds':
      case 'microseconds':
        return this[name];
      case 'total_seconds':
        return bareMethod(this, name, () => new PyFloat(this.#totalSeconds()));
      case 'max':
        return new PyTimedelta(LONGEST);
      case 'min':
        return new PyTimedelta(-999_999_999n * DAY);
      case 'resolution':
        return new PyTimedelta(1n);
      default:
        return undefined;
    }
  }

  #totalSeconds(): number {
    const { micros } = this;
    const exact = micros < 2n ** 53n && micros > -(2n ** 53n);
    return exact ? Number(micros) / 1_000_000 : this.days * 86_400 + this.seconds + this.microseconds / 1_000_000;
  }

  override pyStr(): string {
    const { days, seconds, microseconds } = this;
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const prefix = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return prefix + clock + (microseconds === 0 ? '' : `.${String(microseconds).padStart(6, '0')}`);
  }

  override pyRepr(): string {
    const parts = (['days', 'seconds', 'microseconds'] as const).filter((name) => this[name] !== 0);
    return `datetime.timedelta(${parts.map((name) => `${name}=${this[name]}`).join(', ') || '0'})`;
  }

  override pyTruth(): boolean {
    return this.micros !== 0n;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyTimedelta && other.micros === this.micros;
  }

  override pyHash(): string {
    return `timedelta:${this.micros}`;
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimedelta) return reflected ? between(op, other, this) : between(op, this, other);
    if (other instanceof PyObject) return undefined;
    return scaled(op, this, other, reflected);
  }
}

function between(op: BinaryOp, a: PyTimedelta, b: PyTimedelta): Value | undefined {
  switch (op) {
    case '+':
      return new PyTimedelta(a.micros + b.micros);
    case '-':
      return new PyTimedelta(a.micros - b.micros);
    case '/':
      return new PyFloat(nearestRatio(a.micros, nonZero(b.micros, 'division by zero')));
    case '//':
      return Number(floorDivide(a.micros, nonZero(b.micros)));
    case '%':
      return new PyTimedelta(a.micros - floorDivide(a.micros, nonZero(b.micros, 'integer modulo by zero')) * b.micros);
    case '<':
      return a.micros < b.micros;
    case '<=':
      return a.micros <= b.micros;
    case '>':
      return a.micros > b.micros;
    case '>=':
      return a.micros >= b.micros;
    default:
      return undefined;
  }
}

/** `delta * 2`, `2 * delta`, `delta / 2`, `delta // 2`. */
function scaled(op: BinaryOp, delta: PyTimedelta, factor: Value, reflected: boolean): Value | undefined {
  const { micros } = delta;
  if (factor instanceof PyFloat) {
    if (op === '*') return ofMicros(Number(micros) * factor.value);
    if (op === '/' && !reflected) {
      if (factor.value === 0) throw new JinjaError('ZeroDivisionError', 'division by zero');
      return ofMicros(Number(micros) / factor.value);
    }
    return undefined;
  }
  if (!isInteger(factor)) return undefined;
  if (op === '*') return new PyTimedelta(micros * BigInt(factor));
  if (reflected) return undefined;
  if (op === '/') return new PyTimedelta(divideEven(micros, nonZero(BigInt(factor))));
  return op === '//' ? new PyTimedelta(floorDivide(micros, nonZero(BigInt(factor)))) : undefined;
}

/** `timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)` */
export function makeTimedelta(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): PyTimedelta {
  const names = Object.keys(UNITS);
  const values = keywordArguments(
    '__new__',
    names.map((name) => `${name}?`),
    args,
    kwargs,
  );
  let whole = 0n;
  let part = 0;
  names.forEach((name, i) => {
    const value = values[i] === undefined ? 0 : values[i];
    if (value instanceof PyFloat) {
      const days = Math.trunc(finite(value.value));
      whole += BigInt(days) * BigInt(UNITS[name] as number);
      part += (value.value - days) * (UNITS[name] as number);
    } else if (isInteger(value)) whole += BigInt(value) * BigInt(UNITS[name] as number);
    else throw pyTypeError(`unsupported type for timedelta ${name} component: ${typeName(value)}`);
  });
  return new PyTimedelta(whole + BigInt(roundHalfEven(finite(part))));
}

function nonZero(value: bigint, message = 'integer division or modulo by zero'): bigint {
  if (value === 0n) throw new JinjaError('ZeroDivisionError', message);
  return value;
}

function isInteger(value: Value): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** A float that can become a whole number of microseconds. */
function finite(value: number): number {
  if (Number.isNaN(value)) throw pyValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new JinjaError('OverflowError', 'cannot convert float infinity to integer');
  return value;
}

function ofMicros(value: number): PyTimedelta {
  return new PyTimedelta(BigInt(roundHalfEven(finite(value))));
}

/** The nearest whole number, of two the even one. */
function divideEven(a: bigint, b: bigint): bigint {
  const down = floorDivide(a, b);
  const twice = (a - down * b) * 2n;
  const size = b < 0n ? -twice : twice;
  const whole = b < 0n ? -b : b;
  return size > whole || (size === whole && down % 2n !== 0n) ? down + 1n : down;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
