/** One token. `value` is a string but for integers (number or bigint) and floats (PyFloat). */
export interface Token {
  readonly line: number;
  readonly type: string;
  readonly value: any;
}

export const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '/': 'div',
  '//': 'floordiv',
  '*': 'mul',
  '%': 'mod',
  '**': 'pow',
  '~': 'tilde',
  '[': 'lbracket',
  ']': 'rbracket',
  '(': 'lparen',
  ')': 'rparen',
  '{': 'lbrace',
  '}': 'rbrace',
  '==': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gteq',
  '<': 'lt',
  '<=': 'lteq',
  '=': 'assign',
  '.': 'dot',
  ':': 'colon',
  '|': 'pipe',
  ',': 'comma',
  ';': 'semicolon',
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(OPERATORS).map(([text, type]) => [type, text])),
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
};

/** How error messages call a token. */
export function describeToken(token: Token): string {
  return token.type === 'name' ? token.value : (DESCRIPTIONS[token.type] ?? token.type);
}

/** The same for what was expected: a type, or `name:value`. */
export function describeExpected(expected: string): string {
  return expected.startsWith('name:') ? expected.slice(5) : (DESCRIPTIONS[expected] ?? expected);
}

/** Python's repr() of a word in a message. */
export function quoted(text: string): string {
  const plain = text.replaceAll('\\', '\\\\');
  return text.includes("'") && !text.includes('"') ? `"${plain}"` : `'${plain.replaceAll("'", "\\'")}'`;
}

/** Whether the token is of that type, or of that `type:value`. */
export function matches(token: Token, expected: string): boolean {
  if (token.type === expected) return true;
  return token.type === 'name' && expected.startsWith('name:') && expected.slice(5) === token.value;
}
