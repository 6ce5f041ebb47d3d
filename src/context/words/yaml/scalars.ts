import { readYaml } from '../../../util/yaml.ts';
import type { Page } from './page.ts';

const WIDTH = 80;
const INDICATOR_FIRST = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:\s|$)|---|\.\.\.)/;
const SPECIAL = /[^\n\x20-\x7e]/;

interface Scalar {
  readonly text: string;
  readonly isText: boolean;
}

export function isMultiline(text: string): boolean {
  return /[\n\x85\u2028\u2029]/.test(text);
}

/** Whether a scalar can stand as it is and reads back as itself. */
export function isPlain({ text, isText }: Scalar): boolean {
  if (!isText) return true;
  // YAML 1.1 has a meaning for these two.
  if (text === '=' || text === '<<') return false;
  if (text === '' || /^\s|\s$|\n/.test(text) || SPECIAL.test(text)) return false;
  if (INDICATOR_FIRST.test(text) || /:(\s|$)|\s#/.test(text)) return false;
  return readYaml(text, '<string>').data === text;
}

/** A string as PyYAML writes it: plain where it can be, else quoted; broken at spaces beyond 80 columns but in keys. */
export function writeText(page: Page, scalar: Scalar, indent: number, isKey: boolean): void {
  const { text } = scalar;
  if (SPECIAL.test(text) || / \n|\n /.test(text)) writeDouble(page, text, indent, !isKey);
  else if (isPlain(scalar)) writePlain(page, text, indent, !isKey);
  else {
    page.sign("'", true);
    writeSingle(page, text, indent, !isKey);
    page.sign("'", false);
  }
}

export function writePlain(page: Page, text: string, indent: number, split: boolean): void {
  if (text !== '' && !page.whitespace) page.spaces(' ');
  for (const piece of text.split(/( +)/)) {
    if (piece === ' ' && split && page.column > WIDTH) page.indent(indent);
    else if (piece !== '') page.write(piece);
  }
}

function writeSingle(page: Page, text: string, indent: number, split: boolean): void {
  let at = 0;
  for (const piece of text.split(/( +|\n+)/)) {
    const end = at + piece.length;
    if (piece === ' ' && split && page.column > WIDTH && at > 0 && end < text.length) page.indent(indent);
    else if (piece.startsWith('\n')) {
      for (let i = 0; i <= piece.length; i++) page.lineBreak();
      page.indent(indent);
    } else if (piece !== '') page.write(piece.replaceAll("'", "''"));
    at = end;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function writeDouble(page: Page, text: string, indent: number, split: boolean): void {
  const chars = [...text];
  page.sign('"', true);
  let start = 0;
  for (let end = 0; end <= chars.length; end++) {
    const char = chars[end];
    const escaped = char === undefined || char === '"' || char === '\\' || SPECIAL.test(char) || char === '\n';
    if (escaped) {
      if (start < end) page.write(chars.slice(start, end).join(''));
      start = end;
      if (char !== undefined) {
        page.write(ESCAPES[char] ?? codeEscape(char));
        start = end + 1;
      }
    }
    const breaks = end > 0 && end < chars.length - 1 && (char === ' ' || start >= end);
    if (!split || !breaks || page.column + (end - start) <= WIDTH) continue;
    page.write(`${chars.slice(start, Math.max(start, end)).join('')}\\`);
    start = Math.max(start, end);
    page.indent(indent);
    if (chars[start] === ' ') page.write('\\');
  }
  page.sign('"', false);
}

function codeEscape(char: string): string {
  const code = (char.codePointAt(0) as number).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
