import { type Line, MAIN_THREAD } from './line.ts';

/** What JSON lines are made with. */
export interface JsonSurroundings {
  readonly invocationId: string;
  /** Takes secrets out of a text: before it is quoted, which may change them. */
  readonly hide: (text: string) => string;
  /** Carried along by each line. */
  readonly extra: Readonly<Record<string, string>>;
}

/** dbt's structured log: one object on a line, written as Python's json does with sorted keys: scripts grep for its very text. */
export function jsonLine(line: Line, { invocationId, hide, extra }: JsonSurroundings): string {
  const { name, data, thread = MAIN_THREAD } = line.event;
  const info = {
    category: '',
    code: line.code,
    extra,
    invocation_id: invocationId,
    level: line.level,
    msg: line.msg,
    name,
    pid: process.pid,
    thread,
    ts: line.at.toISOString().replace('Z', '000Z'),
  };
  return `{"data": ${written(data, hide)}, "info": ${written(info, hide)}}`;
}

/** Undefined fields go; integers of 64 bits become text, as in dbt's messages. */
function written(value: unknown, hide: JsonSurroundings['hide']): string {
  switch (typeof value) {
    case 'string':
      return quoted(hide(value));
    case 'bigint':
      return `"${value}"`;
    case 'number':
      return Number.isFinite(value) ? String(value) : quoted(String(value));
    case 'object':
      return value === null ? 'null' : writtenObject(value, hide);
    default:
      return JSON.stringify(value) ?? 'null';
  }
}

function writtenObject(value: object, hide: JsonSurroundings['hide']): string {
  if (Array.isArray(value)) return `[${value.map((one) => written(one, hide)).join(', ')}]`;
  const plain = (value as { readonly toJSON?: () => unknown }).toJSON?.();
  if (plain !== undefined) return written(plain, hide);
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) parts.push(`${quoted(key)}: ${written(member, hide)}`);
  }
  return `{${parts.join(', ')}}`;
}

const NOT_ASCII = /[\u007f-\uffff]/;

function quoted(text: string): string {
  const json = JSON.stringify(text);
  if (!NOT_ASCII.test(json)) return json;
  return json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
