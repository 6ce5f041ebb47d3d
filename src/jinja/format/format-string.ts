import { JinjaError, valueError } from '../errors.ts';
import { ascii, repr, str } from '../ops/text.ts';
import type { Value } from '../values/object.ts';
import { formatValue } from './value.ts';

/** Where the fields of a format string find their values. */
export interface Names {
  readonly named: (name: string) => Value | undefined;
  /** `{x.name}` and `{x[key]}`, by the template's own rules. */
  readonly attribute: (value: Value, name: string) => Value;
  readonly item: (value: Value, key: Value) => Value;
  /** How a field's value becomes text; Python's format() where this is not given. */
  readonly format?: (value: Value, spec: string) => string;
}

/** Python's str.format, sandboxed as Jinja2 has it: attributes go through the template's own rules. */
export function formatString(text: string, args: readonly Value[], names: Names): string {
  return new Formatter(args, names).render(text, 2);
}

/** A `{field}` as it is written. */
interface Field {
  readonly path: string;
  readonly conversion: string | undefined;
  readonly spec: string;
  readonly end: number;
}

class Formatter {
  readonly #args: readonly Value[];
  readonly #names: Names;
  #next = 0;
  /** Whether fields are numbered in the text. */
  #numbered = false;

  constructor(args: readonly Value[], names: Names) {
    this.#args = args;
    this.#names = names;
  }

  render(text: string, depth: number): string {
    if (depth < 0) throw valueError('Max string recursion exceeded');
    const format = this.#names.format ?? formatValue;
    let result = '';
    let at = 0;
    for (const brace of text.matchAll(/[{}]/g)) {
      if (brace.index < at) continue;
      result += text.slice(at, brace.index);
      at = brace.index + 1;
      if (text[at] === brace[0]) {
        result += brace[0];
        at++;
        continue;
      }
      if (brace[0] === '}') throw valueError("Single '}' encountered in format string");
      if (at === text.length) throw valueError("Single '{' encountered in format string");
      const field = readField(text, at);
      at = field.end;
      const value = convert(this.#valueOf(field.path), field.conversion);
      result += format(value, this.render(field.spec, depth - 1));
    }
    return result + text.slice(at);
  }

  #valueOf(path: string): Value {
    const [first = ''] = /^[^.[]*/.exec(path) ?? [];
    let value = this.#root(first, path);
    for (let at = first.length; at < path.length; ) {
      const isAttribute = path[at] === '.';
      if (!isAttribute && path[at] !== '[') {
        throw valueError("Only '.' or '[' may follow ']' in format field specifier");
      }
      const end = isAttribute ? nameEnd(path, at + 1) : path.indexOf(']', at);
      if (end < 0) throw valueError("Missing ']' in format string");
      const key = path.slice(at + 1, end);
      if (key === '') throw valueError('Empty attribute in format string');
      if (isAttribute) value = this.#names.attribute(value, key);
      else value = this.#names.item(value, /^\d+$/.test(key) ? Number(key) : key);
      at = isAttribute ? end : end + 1;
    }
    return value;
  }

  #root(first: string, path: string): Value {
    const automatic = path === '';
    if (automatic || /^\d+$/.test(path)) {
      if (automatic ? this.#numbered : this.#next > 0) {
        throw valueError('cannot switch from manual field specification to automatic field numbering');
      }
      if (!automatic) this.#numbered = true;
    }
    if (automatic || /^\d+$/.test(first)) {
      const index = automatic ? this.#next++ : Number(first);
      if (index < this.#args.length) return this.#args[index];
      throw new JinjaError('IndexError', 'tuple index out of range');
    }
    const value = this.#names.named(first);
    if (value === undefined) throw new JinjaError('KeyError', repr(first));
    return value;
  }
}

function nameEnd(path: string, from: number): number {
  const rest = path.slice(from).search(/[.[]/);
  return rest < 0 ? path.length : from + rest;
}

/** Reads from behind the opening brace. */
function readField(text: string, start: number): Field {
  let at = start;
  while (at < text.length && !':!}'.includes(text[at]!)) {
    if (text[at] === '{') throw valueError("unexpected '{' in field name");
    if (text[at] === '[') while (at < text.length && text[at] !== ']') at++;
    else at++;
  }
  if (at >= text.length) throw valueError("expected '}' before end of string");
  const path = text.slice(start, at);
  if (text[at] === '}') return { path, conversion: undefined, spec: '', end: at + 1 };
  let conversion: string | undefined;
  if (text[at] === '!') {
    conversion = text[at + 1];
    if (conversion === undefined) throw valueError('end of string while looking for conversion specifier');
    at += 2;
    if (text[at] === '}') return { path, conversion, spec: '', end: at + 1 };
    if (at < text.length && text[at] !== ':') throw valueError("expected ':' after conversion specifier");
  }
  return { path, conversion, ...readSpec(text, at + 1) };
}

function readSpec(text: string, start: number): { spec: string; end: number } {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return { spec: text.slice(start, at), end: at + 1 };
  }
  throw valueError("unmatched '{' in format spec");
}

function convert(value: Value, conversion: string | undefined): Value {
  if (conversion === undefined) return value;
  if (conversion === 's') return str(value);
  if (conversion === 'r') return repr(value);
  if (conversion === 'a') return ascii(value);
  throw valueError(`Unknown conversion specifier ${conversion}`);
}
