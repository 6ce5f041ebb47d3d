import { PlainDate, WholeFloat } from '../../util/data.ts';
import { isWrittenOtherwise } from '../../util/python-json.ts';

/** A value that JSON cannot hold, and where it stood. */
export interface Boxed {
  readonly path: readonly (string | number)[];
  readonly kind: 'float' | 'date' | 'datetime' | 'integer' | 'number';
  readonly text: string;
}

/** Finds the values of a tree that JSON would lose: whole floats, dates, big integers, NaN and infinities. */
export function boxedValues(tree: unknown): readonly Boxed[] {
  const found: Boxed[] = [];
  visit(tree, [], found);
  return found;
}

function visit(value: unknown, path: (string | number)[], found: Boxed[]): void {
  if (typeof value === 'bigint') found.push({ path: [...path], kind: 'integer', text: String(value) });
  else if (typeof value === 'number') {
    if (isWrittenOtherwise(value))
      found.push({ path: [...path], kind: 'number', text: Object.is(value, -0) ? '-0' : String(value) });
  } else if (typeof value === 'object' && value !== null) visitObject(value, path, found);
}

function visitObject(value: object, path: (string | number)[], found: Boxed[]): void {
  if (value instanceof WholeFloat) found.push({ path: [...path], kind: 'float', text: String(value.value) });
  else if (value instanceof PlainDate) found.push({ path: [...path], kind: value.kind, text: value.iso });
  else {
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) {
      path.push(isList ? Number(key) : key);
      visit(item, path, found);
      path.pop();
    }
  }
}

/** Puts boxed values back into a tree that went through JSON. The tree is changed. */
export function unbox(tree: unknown, boxed: readonly Boxed[]): void {
  for (const each of boxed) {
    let holder = tree as Record<string | number, unknown>;
    for (const key of each.path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
    holder[each.path.at(-1) ?? ''] = unboxed(each);
  }
}

function unboxed({ kind, text }: Boxed): unknown {
  switch (kind) {
    case 'float':
      return new WholeFloat(Number(text));
    case 'integer':
      return BigInt(text);
    case 'number':
      return Number(text);
    default:
      return new PlainDate(text, kind);
  }
}

/** JSON of a tree; big integers, which JSON cannot hold at all, leave a hole that `unbox` fills. */
export function jsonOf(tree: unknown, boxed = boxedValues(tree)): string {
  // A function asked for each value costs more than the writing.
  if (!boxed.some(({ kind }) => kind === 'integer')) return JSON.stringify(tree);
  return JSON.stringify(tree, (_key, value: unknown) => (typeof value === 'bigint' ? null : value));
}
