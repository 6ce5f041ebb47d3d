import { typeError } from '../errors.ts';
import { Slice, slice } from '../ops/item.ts';
import { isInt, isString, typeName } from '../ops/types.ts';
import { type BinaryOp, hostFunction, PyObject, type Value } from './object.ts';
import { Tuple } from './tuple.ts';

/** Python's bytes, as `text.encode()` gives them: enough to print, compare and decode. */
export class PyBytes extends PyObject {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  pyTypeName(): string {
    return 'bytes';
  }

  override pyRepr(): string {
    const text = Array.from(this.bytes, (byte) => ESCAPES[byte] ?? plain(byte)).join('');
    return text.includes("'") && !text.includes('"') ? `b"${text}"` : `b'${text.replaceAll("'", "\\'")}'`;
  }

  override pyAttr(name: string): Value | undefined {
    if (name === 'decode') return hostFunction('decode', () => Buffer.from(this.bytes).toString('utf8'));
    return name === 'hex' ? hostFunction('hex', () => Buffer.from(this.bytes).toString('hex')) : undefined;
  }

  override pyItem(key: Value): Value | undefined {
    if (key instanceof Slice) return new PyBytes(Uint8Array.from(slice([...this.bytes], key)));
    return isInt(key) ? this.bytes.at(Number(key)) : undefined;
  }

  override pyLen(): number {
    return this.bytes.length;
  }

  override pyIter(): Iterable<number> {
    return this.bytes;
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    if (op === '*' && isInt(other)) {
      return new PyBytes(Buffer.concat(Array.from({ length: Math.max(0, Number(other)) }, () => this.bytes)));
    }
    if (reflected) return undefined;
    if (op === '+') {
      if (other instanceof PyBytes) return new PyBytes(Buffer.concat([this.bytes, other.bytes]));
      throw typeError(`can't concat ${typeName(other)} to bytes`);
    }
    // Without a sign to replace there is nothing to format.
    if (op !== '%' || this.bytes.includes(37)) return undefined;
    const used = other instanceof Tuple ? other.length === 0 : typeof other === 'object' && other !== null;
    if (used && !isString(other)) return this;
    throw typeError('not all arguments converted during bytes formatting');
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyBytes && Buffer.from(this.bytes).equals(other.bytes);
  }

  override pyHash(): string {
    return `bytes ${Buffer.from(this.bytes).toString('hex')}`;
  }
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

function plain(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}
