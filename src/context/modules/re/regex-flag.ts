import { equals, PyObject, typeName, type Value } from '../../../jinja/index.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { pyTypeError } from '../../py-function.ts';

/** `re.IGNORECASE` and its like: an int that prints with its name. Templates join them by `+`, which gives an int. */
export class RegexFlag extends PyObject {
  readonly #name: string;
  readonly #value: number;

  constructor(name: string, value: number) {
    super();
    this.#name = name;
    this.#value = value;
  }

  pyTypeName(): string {
    return 'RegexFlag';
  }

  override pyAttr(name: string): Value | undefined {
    if (name === 'value') return this.#value;
    return name === 'name' ? this.#name : undefined;
  }

  override pyRepr(): string {
    return `re.${this.#name}`;
  }

  override pyFloat(): number {
    return this.#value;
  }

  override pyEq(other: Value): boolean {
    return equals(this.#value, other instanceof RegexFlag ? other.#value : other);
  }

  override pyHash(): string {
    return `re flag ${this.#value}`;
  }

  override pyTruth(): boolean {
    return this.#value !== 0;
  }

  override pyBinary(op: BinaryOp, other: Value): Value | undefined {
    const number = other instanceof RegexFlag ? other.#value : other;
    if (typeof number !== 'number') return undefined;
    return op === '+' ? this.#value + number : op === '*' ? this.#value * number : undefined;
  }
}

/** The flags an argument stands for. */
export function flagsOf(value: Value): number {
  if (value instanceof RegexFlag) return value.pyFloat();
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  throw pyTypeError(`unsupported operand type(s) for &: '${typeName(value)}' and 'RegexFlag'`);
}
