/** A ClickHouse type, taken apart as far as values must be told apart. */
export interface ColumnType {
  /** The outermost word: `Array`, `UInt64`, `Nullable`. */
  readonly name: string;
  /** Types between the brackets; empty for types without, and for arguments that are no types (precision, zone). */
  readonly inner: readonly ColumnType[];
  /** Names of a named Tuple's elements, in order; empty for others. */
  readonly names: readonly string[];
  /** What stands between the brackets, as text; '' without brackets. */
  readonly argument: string;
}

const CONTAINERS = new Set([
  'Array',
  'Nullable',
  'LowCardinality',
  'Map',
  'Tuple',
  'Nested',
  'SimpleAggregateFunction',
  'Variant',
]);

/** Cuts at the commas of the outermost level; brackets and quotes are respected. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '`' || c === '"') quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

/** `a UInt8` -> name and type; `UInt8` -> type alone. */
function element(text: string): { readonly name: string | undefined; readonly type: ColumnType } {
  const named = /^(?:`((?:[^`\\]|\\.)*)`|([A-Za-z_]\w*))\s+([A-Za-z][\s\S]*)$/.exec(text);
  if (named === null) return { name: undefined, type: parseType(text) };
  return { name: named[1]?.replace(/\\(.)/g, '$1') ?? named[2], type: parseType(named[3] ?? '') };
}

export function parseType(text: string): ColumnType {
  const open = text.indexOf('(');
  const name = (open === -1 ? text : text.slice(0, open)).trim();
  const argument = open === -1 ? '' : text.slice(open + 1, text.lastIndexOf(')'));
  if (!CONTAINERS.has(name)) return { name, inner: [], names: [], argument };
  const parts = splitArguments(argument);
  // The first argument of SimpleAggregateFunction is the function's name.
  const elements = (name === 'SimpleAggregateFunction' ? parts.slice(1) : parts).map(element);
  const names = elements.flatMap((e) => (e.name === undefined ? [] : [e.name]));
  return { name, inner: elements.map((e) => e.type), names: names.length === elements.length ? names : [], argument };
}
