/** Plain values alone, with secrets taken out of every text. What is plain already, as artifacts read from files are, is taken as it is. */
export function plain<T>(value: T, mask: (text: string) => string): T {
  return walk(value, mask) as T;
}

function walk(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === 'function') return walk(toJSON.call(value), mask);
  return Array.isArray(value) ? listOf(value, mask) : objectOf(value as Readonly<Record<string, unknown>>, mask);
}

function listOf(list: readonly unknown[], mask: (text: string) => string): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const one = walk(list[at], mask);
    if (one === list[at]) continue;
    changed ??= [...list];
    changed[at] = one;
  }
  return changed ?? list;
}

function objectOf(object: Readonly<Record<string, unknown>>, mask: (text: string) => string): object {
  let changed: Record<string, unknown> | undefined;
  for (const key in object) {
    const one = walk(object[key], mask);
    if (one === object[key]) continue;
    changed ??= Object.fromEntries(Object.entries(object));
    // Not by assignment: a key may be `__proto__`.
    Object.defineProperty(changed, key, { value: one, enumerable: true, configurable: true, writable: true });
  }
  return changed ?? object;
}
