/** SQL of ClickHouse for the bytes of one value, without its length. `size` is known where every value has the same. */
export interface Bytes {
  readonly sql: string;
  readonly size?: number;
}

/** A constant of raw bytes, big-endian in `width` bytes. */
export function constant(value: number, width: number): string {
  let hex = '';
  for (let i = width - 1; i >= 0; i--) {
    const byte = Math.floor(value / 256 ** i) & 0xff;
    hex += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `'${hex}'`;
}

/** Network order of a number whose type has exactly the wanted width. */
export function bigEndian(sql: string): string {
  return `reinterpretAsFixedString(byteSwap(${sql}))`;
}

/** A field of binary COPY: the length in four bytes, then the value. */
export function field({ sql, size }: Bytes): string {
  if (size !== undefined) return `concat(${constant(size, 4)}, ${sql})`;
  return `concat(${bigEndian(`toInt32(length(${sql}))`)}, ${sql})`;
}

export const NULL_FIELD = constant(0xffffffff, 4);
