import { readYaml } from '../../util/yaml.ts';

const WIDTH = 80;
const INDICATOR_FIRST = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:\s|$)|---|\.\.\.)/;
const SPECIAL = /[^\n\x20-\x7e]/;

/** A string as PyYAML writes it: plain where it reads back as itself, else quoted; folded beyond 80 columns. */
export function yamlString(text: string, column: number, indent: number): string {
  if (SPECIAL.test(text) || / \n|\n +(?=\S)/.test(text)) return doubleQuoted(text);
  return isPlain(text) ? folded(text, column, indent) : singleQuoted(text, column, indent);
}

function isPlain(text: string): boolean {
  // YAML 1.1 has a meaning for these two.
  if (text === '=' || text === '<<') return false;
  if (text === '' || /^\s|\s$|\n/.test(text)) return false;
  if (INDICATOR_FIRST.test(text) || /:(\s|$)|\s#/.test(text)) return false;
  return readYaml(text, '<string>').data === text;
}

function singleQuoted(text: string, column: number, indent: number): string {
  const quoted = text.replaceAll("'", "''").replace(/\n+/g, (breaks) => `\n${breaks}${' '.repeat(indent)}`);
  return folded(`'${quoted}'`, column, indent);
}

/** Breaks at single spaces once a line has grown beyond the width. */
function folded(text: string, start: number, indent: number): string {
  let out = '';
  let column = start;
  for (const piece of text.split(/((?<! ) (?! )|\n)/)) {
    if (piece === '\n') column = 0;
    else if (piece === ' ' && column > WIDTH) {
      out += `\n${' '.repeat(indent)}`;
      column = indent;
      continue;
    } else column += piece.length;
    out += piece;
  }
  return out;
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

function doubleQuoted(text: string): string {
  const escaped = [...text].map((char) => ESCAPES[char] ?? (SPECIAL.test(char) ? codeEscape(char) : char));
  return `"${escaped.join('')}"`;
}

function codeEscape(char: string): string {
  const code = (char.codePointAt(0) as number).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
