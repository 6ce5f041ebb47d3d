import type { Data } from '../../util/data.ts';
import type { Step } from '../step.ts';

/** A template value: null, boolean, string, number or bigint (int), PyFloat, Array (list), Tuple, Dict, PySet, PyRange, Undefined, PyObject, a callable. */
export type Value = any;
export type Kwargs = ReadonlyMap<string, Value>;
export type HostFn = (args: readonly Value[], kwargs: Kwargs) => Value | Promise<Value> | Step<Value>;

export type BinaryOp = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '<' | '<=' | '>' | '>=';

/** A host's object. Templates reach only what these methods return, never a JavaScript property. */
export abstract class PyObject {
  /** Python's class name, for messages and for the default repr. */
  abstract pyTypeName(): string;

  /** The same with its module in front, where messages and the default repr show it. */
  pyQualifiedName(): string {
    return this.pyTypeName();
  }

  /** The attribute of that name, or JavaScript's undefined where there is none. */
  pyAttr(_name: string): Value | undefined {
    return undefined;
  }

  /** `obj[key]`, or JavaScript's undefined where there is no such item. */
  pyItem(_key: Value): Value | undefined {
    return undefined;
  }

  pyStr(): string {
    return this.pyRepr();
  }

  pyRepr(): string {
    return `<${this.pyQualifiedName()} object at 0x7f0000000000>`;
  }

  pyEq(other: Value): boolean {
    return this === other;
  }

  pyTruth(): boolean {
    return this.pyLen === undefined || this.pyLen() > 0;
  }

  pyCall?(args: readonly Value[], kwargs: Kwargs): Value | Promise<Value> | Step<Value>;
  pyIter?(): Iterable<Value>;
  pyLen?(): number;
  /** Equal objects give equal texts; undefined where the object cannot be a key. Without this method the object is its own key. */
  pyHash?(): string | undefined;
  pyContains?(item: Value): boolean;
  /** Whether Python counts it among the mappings: `is mapping`. */
  pyIsMapping?(): boolean;
  /** Arithmetic and ordering; `reflected` where this object stands on the right. JavaScript's undefined: not supported. */
  pyBinary?(op: BinaryOp, other: Value, reflected: boolean): Value | undefined;
  /** What it is outside of templates; without this it cannot leave them. */
  pyData?(): Data;
  /** Python's float() of it: with this an object is a number for filters, tests and formats. */
  pyFloat?(): number;
  /** Python's round(). */
  pyRound?(places: number): Value;
  /** `obj.name = value`, for `{% set obj.name = value %}`; only namespaces allow it. */
  pySet?(name: string, value: Value): void;
}

/** A function of the host that templates can call. */
export class HostFunction {
  readonly name: string;
  readonly call: HostFn;
  constructor(name: string, call: HostFn) {
    this.name = name;
    this.call = call;
  }
}

/** One that is given marked text as it is, where others are given a plain string. */
export class RawFunction extends HostFunction {}

/** A built-in type as templates see it by name: `dict`, `range`, `namespace`. */
export class PyType extends HostFunction {}

/** A method of a built-in value, bound to it. */
export class BoundMethod extends HostFunction {
  readonly self: Value;
  constructor(self: Value, name: string, call: HostFn) {
    super(name, call);
    this.self = self;
  }
}

/** A host function as a template value. A returned promise is waited for, a returned step is run. */
export function hostFunction(name: string, fn: HostFn): Value {
  return new HostFunction(name, fn);
}
