import { type JinjaError, syntaxError } from '../errors.ts';
import { textLength } from '../ops/iterate.ts';
import { parseFloatLiteral, parseInteger, unescapeString } from './literals.ts';
import { countNewlines, SPACE, trimEnd } from './space.ts';
import { OPERATORS, quoted, type Token } from './tokens.ts';

export interface LexerOptions {
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
}

const OPEN = /\{[{%#]/g;
const RAW = new RegExp(`\\{%([-+]?)[${SPACE}]*raw[${SPACE}]*(?:-%\\}[${SPACE}]*|%\\})`, 'y');
const WHITESPACE = new RegExp(`[${SPACE}]+`, 'y');
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const INTEGER = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const NAME = /[A-Za-z_]\w*/y;
// Built by V8 when first used, and that costs: names beyond ASCII are rare.
const WIDE_NAME = /[\p{L}\p{N}\p{M}\p{Pc}·]+/uy;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const OPERATOR = /\*\*|\/\/|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y;
const ONLY_SPACE = new RegExp(`^[${SPACE}]+$`);
const IDENTIFIER = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u;
const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** What an end may begin with: `-`, `+`, `%` or `}`. */
const END_SIGNS = new Set([0x2d, 0x2b, 0x25, 0x7d]);
const VARIABLE_END = new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, 'y');
const ends = (trim: string) => ({
  block: new RegExp(`\\+%\\}|-%\\}[${SPACE}]*|%\\}${trim}`, 'y'),
  comment: new RegExp(`\\+#\\}|-#\\}[${SPACE}]*|#\\}${trim}`, 'g'),
  raw: new RegExp(`\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*(?:\\+%\\}|-%\\}[${SPACE}]*|%\\}${trim})`, 'g'),
});
const PLAIN_ENDS = ends('');
const TRIMMED_ENDS = ends('\\n?');

/** Cuts a template into tokens. A lexical error becomes a last token of type `error`, so that an earlier mistake is reported first. */
export function tokenize(source: string, options: LexerOptions): Token[] {
  const lexer = new Lexer(source, options);
  try {
    lexer.run();
    lexer.end();
  } catch (error) {
    lexer.push('error', error as JinjaError);
  }
  return lexer.tokens;
}

function normalize(source: string, keepTrailingNewline: boolean): string {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  return !keepTrailingNewline && text.endsWith('\n') ? text.slice(0, -1) : text;
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly #source: string;
  readonly #options: LexerOptions;
  readonly #ends: typeof PLAIN_ENDS;
  #pos = 0;
  #line = 1;
  #lineStarting = true;

  constructor(source: string, options: LexerOptions) {
    this.#source = normalize(source, options.keepTrailingNewline);
    this.#options = options;
    this.#ends = options.trimBlocks ? TRIMMED_ENDS : PLAIN_ENDS;
  }

  push(type: string, value: unknown): void {
    this.tokens.push({ line: this.#line, type, value });
  }

  /** The end counts as standing where the last token does. */
  end(): void {
    this.tokens.push({ line: this.tokens.at(-1)?.line ?? 1, type: 'eof', value: '' });
  }

  run(): void {
    const source = this.#source;
    while (this.#pos < source.length) {
      OPEN.lastIndex = this.#pos;
      const open = OPEN.exec(source);
      if (open === null) {
        this.push('data', source.slice(this.#pos));
        this.#line += countNewlines(source.slice(this.#pos));
        this.#pos = source.length;
        return;
      }
      this.#tag(open.index);
    }
  }

  /** The text before a tag and the tag itself, whatever its kind. */
  #tag(at: number): void {
    const source = this.#source;
    const kind = source[at + 1];
    if (kind === '%') {
      RAW.lastIndex = at;
      const raw = RAW.exec(source);
      if (raw !== null) {
        this.#data(source.slice(this.#pos, at), raw[1] ?? '', true);
        this.#advance(raw[0], at);
        this.#raw();
        return;
      }
    }
    const sign = source[at + 2] === '-' || source[at + 2] === '+' ? (source[at + 2] as string) : '';
    this.#data(source.slice(this.#pos, at), sign, kind !== '{');
    this.#pos = at + 2 + sign.length;
    this.#lineStarting = false;
    if (kind === '#') {
      this.#comment();
      return;
    }
    const name = kind === '%' ? 'block' : 'variable';
    this.push(`${name}_begin`, '');
    this.#expression(name);
  }

  #advance(matched: string, at: number): void {
    this.#line += countNewlines(matched);
    this.#pos = at + matched.length;
    this.#lineStarting = matched.endsWith('\n');
  }

  /** Emits text before a tag, shortened as the tag's sign and the options ask. */
  #data(text: string, sign: string, strippable: boolean): void {
    let kept = text;
    if (sign === '-') kept = trimEnd(text);
    else if (sign !== '+' && strippable && this.#options.lstripBlocks) {
      const start = text.lastIndexOf('\n') + 1;
      if ((start > 0 || this.#lineStarting) && ONLY_SPACE.test(text.slice(start))) kept = text.slice(0, start);
    }
    if (kept !== '') this.push('data', kept);
    // lstrip never removes a newline, and `-` counts what it removed, so the whole text counts.
    this.#line += countNewlines(text);
  }

  #comment(): void {
    this.#ends.comment.lastIndex = this.#pos;
    const end = this.#ends.comment.exec(this.#source);
    if (end !== null) {
      this.#line += countNewlines(this.#source.slice(this.#pos, end.index));
      this.#advance(end[0], end.index);
      return;
    }
    if (this.#pos < this.#source.length) throw syntaxError('Missing end of comment tag', this.#line);
  }

  #raw(): void {
    this.#ends.raw.lastIndex = this.#pos;
    const end = this.#ends.raw.exec(this.#source);
    if (end !== null) {
      this.#data(this.#source.slice(this.#pos, end.index), end[1] ?? '', true);
      this.#advance(end[0], end.index);
      return;
    }
    if (this.#pos < this.#source.length) throw syntaxError('Missing end of raw directive', this.#line);
  }

  #match(rule: RegExp): string | undefined {
    rule.lastIndex = this.#pos;
    return rule.test(this.#source) ? this.#source.slice(this.#pos, rule.lastIndex) : undefined;
  }

  /** The inside of `{{ }}` or `{% %}`. The end only counts where brackets are balanced. */
  #expression(name: 'block' | 'variable'): void {
    const end = name === 'block' ? this.#ends.block : VARIABLE_END;
    const open: string[] = [];
    while (this.#pos < this.#source.length) {
      const code = this.#source.charCodeAt(this.#pos);
      if (code === 0x20) this.#pos++;
      else if (open.length === 0 && END_SIGNS.has(code) && this.#close(name, end)) return;
      else if (!this.#skipSpace(code)) this.#token(open);
    }
  }

  #close(name: string, end: RegExp): boolean {
    const closing = this.#match(end);
    if (closing === undefined) return false;
    this.push(`${name}_end`, '');
    this.#advance(closing, this.#pos);
    return true;
  }

  #skipSpace(code: number): boolean {
    if (code > 0x20 && code < 0x7f) return false;
    const space = this.#match(WHITESPACE);
    if (space !== undefined) this.#advance(space, this.#pos);
    return space !== undefined;
  }

  #token(open: string[]): void {
    const code = this.#source.charCodeAt(this.#pos);
    if (code >= 0x30 && code <= 0x39) this.#number();
    else if (code === 0x22 || code === 0x27) this.#string();
    else {
      const name = this.#matchName();
      const operator = name === undefined ? this.#match(OPERATOR) : undefined;
      if (name !== undefined) this.#name(name);
      else if (operator !== undefined) this.#operator(operator, open);
      else throw this.#unexpected();
    }
  }

  #matchName(): string | undefined {
    const name = this.#match(NAME);
    const next = this.#source.charCodeAt(this.#pos + (name?.length ?? 0));
    if (next < 0x80 || Number.isNaN(next)) return name;
    const wide = this.#match(WIDE_NAME);
    if (wide !== undefined && !IDENTIFIER.test(wide)) {
      throw syntaxError('Invalid character in identifier', this.#line);
    }
    return wide ?? name;
  }

  #number(): void {
    // After a dot comes an index, as in `a.0`, not the fraction of a float.
    const float = this.#source[this.#pos - 1] === '.' ? undefined : this.#match(FLOAT);
    const text = float ?? (this.#match(INTEGER) as string);
    if (float === undefined) this.push('integer', parseInteger(text));
    else this.push('float', parseFloatLiteral(float));
    this.#advance(text, this.#pos);
  }

  #string(): void {
    const text = this.#match(STRING);
    if (text === undefined) throw this.#unexpected();
    this.push('string', unescapeString(text.slice(1, -1), this.#line));
    this.#advance(text, this.#pos);
  }

  #unexpected(): JinjaError {
    const char = String.fromCodePoint(this.#source.codePointAt(this.#pos) as number);
    const at = textLength(this.#source.slice(0, this.#pos));
    return syntaxError(`unexpected char ${quoted(char)} at ${at}`, this.#line);
  }

  #name(text: string): void {
    this.push('name', text);
    this.#advance(text, this.#pos);
  }

  #operator(text: string, open: string[]): void {
    const closer = CLOSERS[text];
    if (closer !== undefined) open.push(closer);
    else if (text === '}' || text === ')' || text === ']') {
      const expected = open.pop();
      if (expected === undefined) throw syntaxError(`unexpected '${text}'`, this.#line);
      if (expected !== text) throw syntaxError(`unexpected '${text}', expected '${expected}'`, this.#line);
    }
    this.push(OPERATORS[text] as string, text);
    this.#advance(text, this.#pos);
  }
}
