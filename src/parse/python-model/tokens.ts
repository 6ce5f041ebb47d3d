/** A token of Python as far as models need it: names, literals and signs; comments and line structure are left out. */
export interface PyToken {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  /** A text's value, prefix and quotes removed; anything else as written. */
  readonly value: string;
  readonly line: number;
  /** Whether it is the first of its line, and stands at its very start. */
  readonly atStart: boolean;
}

const TOKEN =
  /(\s+|\\\r?\n|#[^\n]*)|([rRbBuUfF]{0,2})("""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|([\p{L}_][\p{L}\p{N}_]*)|(\d[\w.]*(?:[eE][+-]?\d+)?|\.\d\w*)|(\*\*|\/\/|->|:=|[=!<>]=|[^\s])/gmuy;

/** Cuts Python code into tokens. A text without an end gives the sign of its quote. */
export function pyTokens(code: string): readonly PyToken[] {
  const tokens: PyToken[] = [];
  let line = 1;
  let last = 0;
  for (const match of code.matchAll(TOKEN)) {
    const [whole, space, prefix = '', text, name, number, sign] = match;
    line += code.slice(last, match.index).split('\n').length - 1;
    last = match.index;
    if (space !== undefined) continue;
    const atStart = match.index === 0 || code[match.index - 1] === '\n';
    if (text !== undefined) tokens.push({ kind: 'text', value: textOf(prefix, text), line, atStart });
    else {
      const kind = name !== undefined ? 'name' : number !== undefined ? 'number' : 'sign';
      tokens.push({ kind, value: name ?? number ?? sign ?? whole, line, atStart });
    }
  }
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

function textOf(prefix: string, quoted: string): string {
  const size = /^("""|''')/.test(quoted) ? 3 : 1;
  const body = quoted.slice(size, -size);
  return /r/i.test(prefix) ? body : body.replace(/\\([\s\S])/g, (whole, char: string) => ESCAPES[char] ?? whole);
}
