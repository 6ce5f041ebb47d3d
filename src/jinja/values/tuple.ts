/** Python's tuple. */
export class Tuple extends Array<any> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A tuple of these items. (The Array constructor would take a single number for a length.) */
export function tuple(items: Iterable<any>): Tuple {
  const made = new Tuple();
  for (const item of items) made.push(item);
  return made;
}

/** A kind of named tuple. `shown`: it prints with its names, other than a plain tuple. */
export interface TupleType {
  readonly name: string;
  readonly module: string;
  readonly names: readonly string[];
  readonly shown: boolean;
}

/** A named tuple such as `groupby` gives: a tuple whose first items also have names. */
export class NamedTuple extends Tuple {
  declare type: TupleType;
}

export function namedTuple(type: TupleType, items: readonly any[]): NamedTuple {
  const made = new NamedTuple();
  for (const item of items) made.push(item);
  Object.defineProperty(made, 'type', { value: type });
  return made;
}
