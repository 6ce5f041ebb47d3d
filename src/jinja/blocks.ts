import { JinjaError } from './errors.ts';

/** A block at the top of a file, or the text between two of them (`type` is `__dbt__data`, without a name). */
export interface Block {
  readonly type: string;
  readonly name: string | undefined;
  /** From the start of the opening tag to the end of the closing one. */
  readonly fullBlock: string;
  /** What lies between the two tags. */
  readonly contents: string;
  /** Where `fullBlock` lies in the source. */
  readonly start: number;
  readonly end: number;
  /** The line of the opening tag, counting from 1. */
  readonly line: number;
}

export interface ScanOptions {
  /** The tags that open a block. */
  readonly blocks: readonly string[];
  /** Whether the text between blocks is wanted too. */
  readonly collectRaw?: boolean;
}

interface Tag {
  readonly type: string;
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

const OPEN = /\{[{%#]/g;
const NAME = /\{%-?\s*([A-Za-z_]\w*)(?:\s+([A-Za-z_]\w*))?/y;
const RAW = /\{%-?\s*raw\s*(?:-%\}\s*|%\})[\s\S]*?(?:\s*\{%-|\{%)\s*endraw\s*(?:-%\}\s*|%\})/y;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;
const TAG_STOP = /['"]|-%\}\s*|%\}/g;
const EXPRESSION_STOP = /['"]|\}\}/g;
const CLOSERS: Readonly<Record<string, string>> = { if: 'endif', for: 'endfor' };
const OPENERS: Readonly<Record<string, string>> = { endif: 'if', endfor: 'for' };

function fail(source: string, at: number, message: string): never {
  throw new JinjaError('CompilationError', message, lineAt(source, at));
}

function lineAt(source: string, at: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i !== -1 && i < at; i = source.indexOf('\n', i + 1)) line++;
  return line;
}

function placeOf(source: string, at: number): string {
  return `${lineAt(source, at)}:${at - (source.lastIndexOf('\n', at - 1) + 1)}`;
}

/** The end of a tag or expression, past strings that may hold its closing sign. */
function skipTo(source: string, from: number, stop: RegExp, expected: string): number {
  for (let at = from; ; ) {
    stop.lastIndex = at;
    const found = stop.exec(source);
    if (found === null) return unexpectedEnd(source, at, expected);
    if (found[0] !== "'" && found[0] !== '"') return found.index + found[0].length;
    STRING.lastIndex = found.index;
    const string = STRING.exec(source);
    if (string === null) return unexpectedEnd(source, found.index, 'string');
    // As dbt does: where the quote opens no string, the next string there is counts.
    at = string.index + string[0].length;
  }
}

function unexpectedEnd(source: string, at: number, expected: string): never {
  const rest = source.slice(at);
  return fail(source, at, `unexpected EOF, expected ${expected}, got "${rest}"`);
}

/** Every `{% %}` tag, without looking into comments, expressions and raw blocks. */
function* tags(source: string): Generator<Tag> {
  let at = 0;
  for (;;) {
    OPEN.lastIndex = at;
    const open = OPEN.exec(source);
    if (open === null) return;
    const { index } = open;
    if (open[0] === '{#') {
      const end = source.indexOf('#}', index + 2);
      at = end < 0 ? unexpectedEnd(source, index + 2, '#}') : end + 2;
    } else if (open[0] === '{{') at = skipTo(source, index + 2, EXPRESSION_STOP, '}}');
    else {
      NAME.lastIndex = index;
      const name = NAME.exec(source);
      if (name === null) {
        at = index + 2;
        continue;
      }
      const tag = tagAt(source, at, index, name);
      at = tag.end;
      yield tag;
    }
  }
}

/** A tag that strips begins with the space before it. */
function tagAt(source: string, floor: number, index: number, match: RegExpExecArray): Tag {
  let start = index;
  if (source[index + 2] === '-') while (start > floor && /\s/.test(source[start - 1]!)) start--;
  if (match[1] === 'raw') {
    RAW.lastIndex = index;
    const raw = RAW.exec(source);
    const end = raw === null ? unexpectedEnd(source, index, '{% raw %}...{% endraw %}') : index + raw[0].length;
    return { type: 'raw', name: match[2], start, end };
  }
  const end = skipTo(source, index + match[0].length, TAG_STOP, 'tag close ("%}")');
  return { type: match[1]!, name: match[2], start, end };
}

/** Keeps the count of open `if` and `for`, in which no block may be defined. */
function trackControlFlow(source: string, tag: Tag, open: string[]): void {
  if (CLOSERS[tag.type] !== undefined) open.push(tag.type);
  const opener = OPENERS[tag.type];
  if (opener === undefined) return;
  const found = open.pop();
  const got = `Got an unexpected control flow end tag, got ${tag.type} but`;
  const place = `(@ ${placeOf(source, tag.start)})`;
  if (found === undefined) fail(source, tag.start, `${got} never saw a preceeding ${opener} ${place}`);
  if (found !== opener) fail(source, tag.start, `${got} expected ${CLOSERS[found]} next ${place}`);
}

function checkStart(source: string, tag: Tag, open: readonly string[], outer: Tag | undefined): void {
  if (open.length > 0) {
    const place = placeOf(source, tag.start);
    fail(
      source,
      tag.start,
      `Got a block definition inside control flow at ${place}. All dbt block definitions must be at the top level`,
    );
  }
  if (outer !== undefined) {
    const began = `${outer.type} (started at ${outer.start}) did not have a matching {{% end${outer.type} %}}`;
    const next = `before a subsequent ${tag.type} was found (started at ${tag.start})`;
    fail(source, tag.start, `Got nested tags: ${began} ${next}`);
  }
}

/** The blocks at the top of a file. Their insides are not parsed. */
export function scanBlocks(source: string, options: ScanOptions): Block[] {
  const wanted = new Set(options.blocks);
  const found: Block[] = [];
  const open: string[] = [];
  let current: Tag | undefined;
  let last = 0;
  const raw = (end: number) => {
    if (!options.collectRaw || end <= last) return;
    const text = source.slice(last, end);
    const line = lineAt(source, last);
    found.push({ type: '__dbt__data', name: undefined, fullBlock: text, contents: text, start: last, end, line });
  };
  for (const tag of tags(source)) {
    trackControlFlow(source, tag, open);
    if (wanted.has(tag.type)) {
      checkStart(source, tag, open, current);
      raw(tag.start);
      last = tag.start;
      current = tag;
    } else if (current !== undefined && tag.type === `end${current.type}`) {
      found.push(blockOf(source, current, tag));
      last = tag.end;
      current = undefined;
    }
  }
  if (current !== undefined) {
    const line = lineAt(source, current.end);
    const message = `Reached EOF without finding a close tag for ${current.type} (searched from line ${line})`;
    fail(source, current.end, message);
  }
  raw(source.length);
  return found;
}

function blockOf(source: string, open: Tag, close: Tag): Block {
  const lead = /^\s*/.exec(source.slice(open.start, open.end))![0].length;
  return {
    type: open.type,
    name: open.name,
    fullBlock: source.slice(open.start, close.end),
    contents: source.slice(open.end, close.start),
    start: open.start,
    end: close.end,
    line: lineAt(source, open.start + lead),
  };
}
