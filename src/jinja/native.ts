import { JinjaError } from './errors.ts';
import { parseLiteral } from './literal.ts';
import { str } from './ops/text.ts';
import { isNumber } from './ops/types.ts';
import { StrSubclass } from './values/markup.ts';
import type { Value } from './values/object.ts';

/** Text that a native render treats specially: kept as text, or read as a Python literal. */
export class MarkedText extends StrSubclass {
  readonly mark: keyof typeof MARKERS;
  constructor(text: string, mark: MarkedText['mark']) {
    super(text);
    this.mark = mark;
  }

  get typeName(): string {
    return MARKERS[this.mark];
  }

  get module(): string {
    return 'dbt_common.clients.jinja';
  }
}

const MARKERS = { text: 'TextMarker', native: 'NativeMarker', bool: 'BoolMarker', number: 'NumberMarker' } as const;

/** dbt's rules for native output: nothing is an empty string, one value stays itself, several are joined as text. */
export function nativeResult(parts: readonly Value[]): Value {
  if (parts.length === 0) return '';
  if (parts.length > 1) return parts.map(str).join('');
  const [only] = parts;
  if (!(only instanceof MarkedText)) return only;
  if (only.mark === 'text') return only.value;
  const found = parseLiteral(only.value);
  const literal = found === undefined ? only.value : found;
  if (only.mark === 'bool' && typeof literal !== 'boolean') refuse(only.value, 'bool');
  if (only.mark === 'number' && (typeof literal === 'boolean' || !isNumber(literal))) refuse(only.value, 'number');
  return literal;
}

function refuse(text: string, type: string): never {
  throw new JinjaError('JinjaRenderingError', `Could not convert value '${text}' into type '${type}'`);
}
