import { JinjaError } from '../errors.ts';

/** `parse` is what dbt uses while parsing: attributes, items and calls of an undefined value are undefined again. */
export type UndefinedKind = 'default' | 'strict' | 'chainable' | 'debug' | 'parse';

interface UndefinedFields {
  readonly hint?: string | undefined;
  /** What the missing attribute or item was asked of; as text for messages, since the value itself is not needed. */
  readonly owner?: string | undefined;
  readonly name?: any;
  /** How the name prints, where it is not a string. */
  readonly nameRepr?: string | undefined;
  /** How the name prints, where it is a string with more than letters. */
  readonly shown?: string | undefined;
  readonly error?: string | undefined;
}

/** The value of what does not exist. Printing gives nothing; most other uses raise. */
export class Undefined {
  readonly kind: UndefinedKind;
  readonly name: any;
  readonly hint: string | undefined;
  readonly #owner: string | undefined;
  readonly #nameRepr: string | undefined;
  readonly #error: string;
  readonly #shown: string | undefined;

  constructor(kind: UndefinedKind, fields: UndefinedFields) {
    this.kind = kind;
    this.name = fields.name;
    this.hint = fields.hint;
    this.#owner = kind === 'parse' ? undefined : fields.owner;
    this.#nameRepr = fields.nameRepr;
    this.#shown = fields.shown;
    this.#error = kind === 'parse' ? 'UndefinedError' : (fields.error ?? 'UndefinedError');
  }

  get message(): string {
    if (this.hint) return this.hint;
    const name = this.#nameRepr ?? `'${this.name}'`;
    if (this.#owner === undefined) return `${this.name === undefined ? 'None' : name} is undefined`;
    if (this.#nameRepr !== undefined) return `${this.#owner} has no element ${name}`;
    return `'${this.#owner}' has no attribute ${this.#shown ?? name}`;
  }

  fail(): never {
    const error = new JinjaError(this.#error, this.message);
    // A name, not what a value does not have.
    if (this.#owner === undefined && !this.hint && typeof this.name === 'string') error.missing = this.name;
    throw error;
  }

  /** What printing, iterating, testing and comparing do: nothing, but for the strict kind. */
  allow(): this {
    if (this.kind === 'strict') this.fail();
    return this;
  }

  toText(): string {
    this.allow();
    if (this.kind !== 'debug') return '';
    if (this.hint) return `{{ undefined value printed: ${this.hint} }}`;
    if (this.#owner === undefined) return `{{ ${this.name} }}`;
    return `{{ no such element: ${this.#owner}[${this.#nameRepr ?? `'${this.name}'`}] }}`;
  }

  /** `undefined.name`. That of dbt's parser has attributes of its own, all else is undefined again. */
  attribute(name: string): any {
    if (this.kind === 'parse') return this.#own(name) ?? new Undefined('parse', { hint: this.hint, name });
    return this.kind === 'chainable' ? this : this.fail();
  }

  #own(name: string): any {
    if (name === 'name') return this.name;
    return name === 'unsafe_callable' || name === 'alters_data' ? false : undefined;
  }

  /** `undefined[key]` */
  item(): Undefined {
    return this.kind === 'parse' || this.kind === 'chainable' ? this : this.fail();
  }

  get typeName(): string {
    return {
      default: 'Undefined',
      strict: 'StrictUndefined',
      chainable: 'ChainableUndefined',
      debug: 'DebugUndefined',
      parse: 'Undefined',
    }[this.kind];
  }
}
