import { JinjaError, valueError } from '../errors.ts';
import { repr, str } from '../ops/text.ts';
import type { Value } from '../values/object.ts';
import { formatValue } from './spec.ts';

const FIELD = /^([^.[]*)((?:\.[^.[]+|\[[^\]]+\])*)$/;
const PART = /\.([^.[]+)|\[([^\]]+)\]/g;

/** Where the fields of a format string find their values. */
export interface Names {
  readonly named: (name: string) => Value | undefined;
  /** `{x.name}` and `{x[key]}`, by the template's own rules. */
  readonly attribute: (value: Value, name: string) => Value;
  readonly item: (value: Value, key: Value) => Value;
}

/** Python's str.format, sandboxed as Jinja2 has it: attributes go through the template's own rules. */
export function formatString(text: string, args: readonly Value[], names: Names): string {
  const state = { next: 0, manual: false };
  return render(text, args, names, state, 2);
}

interface State {
  next: number;
  manual: boolean;
}

function render(text: string, args: readonly Value[], names: Names, state: State, depth: number): string {
  if (depth < 0) throw valueError('Max string recursion exceeded');
  let result = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if ((char === '{' || char === '}') && text[at + 1] === char) {
      result += char;
      at += 2;
    } else if (char === '}') throw valueError("Single '}' encountered in format string");
    else if (char === '{') {
      const end = fieldEnd(text, at);
      result += field(text.slice(at + 1, end), args, names, state, depth);
      at = end + 1;
    } else {
      result += char;
      at++;
    }
  }
  return result;
}

function fieldEnd(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  throw valueError(
    text.length === start + 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

function field(inside: string, args: readonly Value[], names: Names, state: State, depth: number): string {
  const [, path = '', conversion, spec = ''] =
    /^([^!:]*(?:\[[^\]]*\][^!:]*)*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(inside) ?? [];
  const value = convert(resolve(path, args, names, state), conversion);
  return formatValue(value, spec.includes('{') ? render(spec, args, names, state, depth - 1) : spec);
}

function convert(value: Value, conversion: string | undefined): Value {
  if (conversion === undefined) return value;
  if (conversion === 's') return str(value);
  if (conversion === 'r' || conversion === 'a') return repr(value);
  throw valueError(`Unknown conversion specifier ${conversion}`);
}

function resolve(path: string, args: readonly Value[], names: Names, state: State): Value {
  const match = FIELD.exec(path);
  if (match === null) throw valueError('Empty attribute in format string');
  let value = root(match[1]!, args, names, state);
  for (const [, attribute, index] of match[2]!.matchAll(PART)) {
    if (attribute !== undefined) value = names.attribute(value, attribute);
    else value = names.item(value, /^\d+$/.test(index!) ? Number(index) : index);
  }
  return value;
}

function root(name: string, args: readonly Value[], names: Names, state: State): Value {
  const automatic = name === '';
  if (automatic || /^\d+$/.test(name)) {
    if (automatic ? state.manual : state.next > 0) {
      const change = automatic
        ? 'cannot switch from manual field specification to automatic field numbering'
        : 'cannot switch from manual field specification to automatic field numbering';
      throw valueError(change);
    }
    if (!automatic) state.manual = true;
    const index = automatic ? state.next++ : Number(name);
    if (index < args.length) return args[index];
    throw new JinjaError('IndexError', 'tuple index out of range');
  }
  const value = names.named(name);
  if (value === undefined) throw new JinjaError('KeyError', repr(name));
  return value;
}
