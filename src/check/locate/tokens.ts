/** A piece of SQL; comments and blanks are left out. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'sign';
  /** A quoted name without its quotes; everything else as written. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const PIECE =
  /(?<skip>\s+|--[^\n]*|#![^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^'\\]|\\[\s\S]|'')*')|(?<quoted>`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*")|(?<word>[A-Za-z_][\w$]*)|(?<number>\d[\w.]*)|(?<sign><=|>=|<>|!=|==|\|\||->|::|[\s\S])/gy;

/** Never fails: what it does not know is a sign. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(PIECE)) {
    const { skip, string, quoted, word, number } = match.groups!;
    if (skip !== undefined) continue;
    const kind = string ? 'string' : (quoted ?? word) ? 'word' : number ? 'number' : 'sign';
    const text = quoted === undefined ? match[0] : quoted.slice(1, -1).replace(/\\(.)/g, '$1');
    tokens.push({ kind, text, offset: match.index, length: match[0].length });
  }
  return tokens;
}
