import { JinjaError } from './errors.ts';
import { parseLiteral } from './literal.ts';
import { reprString, str } from './ops/text.ts';
import { isNumber } from './ops/types.ts';
import { PyObject, type Value } from './values/object.ts';

/** Text that a native render treats specially: kept as text, or read as a Python literal. */
export class MarkedText extends PyObject {
  readonly text: string;
  readonly mark: 'text' | 'native' | 'bool' | 'number';
  constructor(text: string, mark: MarkedText['mark']) {
    super();
    this.text = text;
    this.mark = mark;
  }

  pyTypeName(): string {
    return { text: 'TextMarker', native: 'NativeMarker', bool: 'BoolMarker', number: 'NumberMarker' }[this.mark];
  }

  override pyStr(): string {
    return this.text;
  }

  override pyRepr(): string {
    return reprString(this.text);
  }
}

/** dbt's rules for native output: nothing is an empty string, one value stays itself, several are joined as text. */
export function nativeResult(parts: readonly Value[]): Value {
  if (parts.length === 0) return '';
  if (parts.length > 1) return parts.map(str).join('');
  const [only] = parts;
  if (!(only instanceof MarkedText)) return only;
  if (only.mark === 'text') return only.text;
  const found = parseLiteral(only.text);
  const literal = found === undefined ? only.text : found;
  if (only.mark === 'bool' && typeof literal !== 'boolean') refuse(only.text, 'bool');
  if (only.mark === 'number' && (typeof literal === 'boolean' || !isNumber(literal))) refuse(only.text, 'number');
  return literal;
}

function refuse(text: string, type: string): never {
  throw new JinjaError('JinjaRenderingError', `Could not convert value '${text}' into type '${type}'`);
}
