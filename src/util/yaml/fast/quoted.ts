import { type Cursor, unusual } from './cursor.ts';

/** A quoted scalar at the cursor, which goes behind the closing quote. */
export function readQuoted(cursor: Cursor): string {
  return cursor.text[cursor.pos] === "'" ? readSingle(cursor) : readDouble(cursor);
}

function readSingle(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos + 1;
  let end = text.indexOf("'", start);
  while (end !== -1 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
  if (end === -1) unusual();
  cursor.pos = end + 1;
  return folded(text.slice(start, end)).replaceAll("''", "'");
}

function readDouble(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos + 1;
  let end = start;
  while (text[end] !== '"') {
    if (end >= text.length) unusual();
    end += text[end] === '\\' ? 2 : 1;
  }
  cursor.pos = end + 1;
  const body = text.slice(start, end);
  if (!body.includes('\\')) return folded(body);
  if (body.includes('\n')) unusual();
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g, (_, sequence: string) =>
    characterOf(sequence),
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/', ' ': ' ', '0': '\0', a: '\x07', b: '\b' },
  ...{ e: '\x1b', f: '\f', v: '\v', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};

function characterOf(sequence: string): string {
  if (sequence.length === 1) return ESCAPES[sequence] ?? unusual();
  const code = Number.parseInt(sequence.slice(1), 16);
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : unusual();
}

/** Lines become one: a single line break is a space, each further one stays. */
export function folded(body: string): string {
  if (!body.includes('\n')) return body;
  const lines = body.split('\n');
  if (lines.some((line) => /^(?:---|\.\.\.)(?:\s|$)/.test(line))) unusual();
  const last = lines.length - 1;
  const trimmed = lines.map((line, index) => {
    const start = index === 0 ? line : line.replace(/^ +/, '');
    return index === last ? start : start.replace(/ +$/, '');
  });
  let result = trimmed[0] as string;
  for (let index = 1; index <= last; index++) {
    let breaks = 0;
    while (index < last && trimmed[index] === '') {
      breaks++;
      index++;
    }
    result += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + trimmed[index];
  }
  return result;
}
