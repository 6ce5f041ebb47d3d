import { PyFloat, PyObject, type Value } from '../../jinja/index.ts';
import { WholeFloat } from '../../util/data.ts';
import type { BinaryOp } from '../binary-op.ts';
import { pyFunction } from '../py-function.ts';
import {
  add,
  compare,
  type Digits,
  divide,
  floorDivide,
  fromText,
  multiply,
  negate,
  power,
  quantized,
  remainder,
  toText,
} from './digits.ts';

/** Python's Decimal: exact digits, what database numbers that are no integers arrive as. Not for NaN or infinities. */
export class PyDecimal extends PyObject {
  readonly digits: Digits;

  constructor(digits: Digits) {
    super();
    this.digits = digits;
  }

  /** Of a text such as `-12.50` or `1e-7`; undefined where it is no number. */
  static parse(text: string): PyDecimal | undefined {
    const digits = fromText(text);
    return digits && new PyDecimal(digits);
  }

  pyTypeName(): string {
    return 'decimal.Decimal';
  }

  override pyStr(): string {
    return toText(this.digits);
  }

  override pyRepr(): string {
    return `Decimal('${toText(this.digits)}')`;
  }

  override pyTruth(): boolean {
    return this.digits.coefficient !== 0n;
  }

  override pyEq(other: Value): boolean {
    const digits = comparable(other);
    return digits !== undefined && compare(this.digits, digits) === 0;
  }

  override pyHash(): string {
    return `decimal:${toText(canonical(this.digits))}`;
  }

  override pyData(): number | WholeFloat {
    const value = this.pyFloat();
    return Number.isInteger(value) ? new WholeFloat(value) : value;
  }

  override pyFloat(): number {
    return Number(toText(this.digits));
  }

  override pyRound(places: number): Value {
    return new PyDecimal(quantized(this.digits, places));
  }

  override pyAttr(name: string): Value | undefined {
    const { coefficient } = this.digits;
    switch (name) {
      case 'copy_abs':
        return pyFunction(name, [], () => (coefficient < 0n ? new PyDecimal(negate(this.digits)) : this));
      case 'copy_negate':
        return pyFunction(name, [], () => new PyDecimal(negate(this.digits)));
      case 'is_zero':
        return pyFunction(name, [], () => coefficient === 0n);
      case 'is_signed':
        return pyFunction(name, [], () => coefficient < 0n);
      case 'normalize':
        return pyFunction(name, [], () => new PyDecimal(canonical(this.digits)));
      default:
        return undefined;
    }
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    // The engine turns comparisons round itself before it asks the right-hand side.
    if (op === '<' || op === '<=' || op === '>' || op === '>=') return this.#ordered(op, other);
    const theirs = exact(other);
    if (!theirs) return undefined;
    const [left, right] = reflected ? [theirs, this.digits] : [this.digits, theirs];
    const result = OPERATIONS[op](left, right);
    return result && new PyDecimal(result);
  }

  #ordered(op: '<' | '<=' | '>' | '>=', other: Value): boolean | undefined {
    const theirs = comparable(other);
    if (!theirs) return undefined;
    const order = compare(this.digits, theirs);
    if (op === '<') return order < 0;
    if (op === '<=') return order <= 0;
    return op === '>' ? order > 0 : order >= 0;
  }
}

const OPERATIONS: Readonly<
  Record<'+' | '-' | '*' | '/' | '//' | '%' | '**', (a: Digits, b: Digits) => Digits | undefined>
> = {
  '+': add,
  '-': (a, b) => add(a, negate(b)),
  '*': multiply,
  '/': divide,
  '//': floorDivide,
  '%': remainder,
  '**': power,
};

/** Decimals calculate with decimals and integers only, as in Python. */
function exact(value: Value): Digits | undefined {
  if (value instanceof PyDecimal) return value.digits;
  if (typeof value === 'number' || typeof value === 'bigint') return { coefficient: BigInt(value), exponent: 0 };
  return typeof value === 'boolean' ? { coefficient: value ? 1n : 0n, exponent: 0 } : undefined;
}

/** They compare with floats too. */
function comparable(value: Value): Digits | undefined {
  return value instanceof PyFloat ? fromText(String(value.value)) : exact(value);
}

function canonical({ coefficient, exponent }: Digits): Digits {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  let [c, e] = [coefficient, exponent];
  while (c % 10n === 0n) [c, e] = [c / 10n, e + 1];
  return { coefficient: c, exponent: e };
}
