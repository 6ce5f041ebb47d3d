/** A name in backticks, as relations print; a name that is quoted already stays as it is. */
export function quoteIdentifier(name: string): string {
  const first = name[0];
  if (name.length > 1 && (first === '`' || first === '"') && name.endsWith(first)) return name;
  return `\`${name.replace(/[\\'`]/g, '\\$&')}\``;
}

/** A name in double quotes, as `adapter.quote` and `column.quoted` give it. */
export function doubleQuote(name: string): string {
  return `"${name.replace(/[\\"]/g, '\\$&')}"`;
}

/** A string literal. */
export function stringLiteral(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
