import { hostFunction, PyObject, type Value } from './object.ts';

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
    return typeof key === 'number' ? this.bytes.at(key) : undefined;
  }

  override pyLen(): number {
    return this.bytes.length;
  }

  override pyIter(): Iterable<number> {
    return this.bytes;
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
