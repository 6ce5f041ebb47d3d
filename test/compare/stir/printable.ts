/**
 * An expression of which equal values give equal texts: floats, wherever they lie within the type, as nine significant digits.
 * Two runs may add the same numbers up in another order.
 */
export function printable(value: string, type: string): string {
  if (!type.includes('Float')) return value;
  const [, wrapper = '', inside = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  if (/^Float(?:32|64)$/.test(type)) return `printf('%.8e', ${value})`;
  if (wrapper === 'Nullable' || wrapper === 'LowCardinality') return printable(value, inside);
  if (wrapper === 'SimpleAggregateFunction') return printable(value, parts(inside)[1]!);
  if (wrapper === 'Array') return `arrayMap(v -> ${printable('v', inside)}, ${value})`;
  if (wrapper === 'Map')
    return `tuple(mapKeys(${value}), ${printable(`mapValues(${value})`, `Array(${parts(inside)[1]})`)})`;
  if (wrapper === 'Tuple') {
    const members = parts(inside).map((part, i) =>
      printable(`${value}.${i + 1}`, part.replace(/^`?\w+`? (?=[A-Z])/, '')),
    );
    return `tuple(${members.join(', ')})`;
  }
  throw new Error(`No print of ${type} is known`);
}

/** Members of a list in which commas stand within parentheses too. */
function parts(list: string): string[] {
  let depth = 0;
  const found = [''];
  for (const char of list) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) found.push('');
    else found[found.length - 1] += char;
  }
  return found.map((part) => part.trim());
}
