/** Numbers and texts in few bytes: unsigned numbers of 7 bits a byte, signed ones folded (0, -1, 1, -2 ...). Pure; for both ends. */
export interface Writer {
  unsigned(value: number): void;
  signed(value: number): void;
  text(value: string): void;
  /** Texts without line breaks, as one text. */
  lines(values: readonly string[]): void;
  bytes(): Uint8Array;
}

export function writer(): Writer {
  let room = new Uint8Array(1 << 16);
  let used = 0;
  const need = (more: number): void => {
    if (used + more <= room.length) return;
    const larger = new Uint8Array(Math.max(room.length * 2, used + more));
    larger.set(room);
    room = larger;
  };
  const self: Writer = {
    unsigned(value) {
      if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no count`);
      need(8);
      let rest = value;
      while (rest >= 128) {
        room[used++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      room[used++] = rest;
    },
    signed: (value) => self.unsigned(value < 0 ? -2 * value - 1 : 2 * value),
    text(value) {
      const encoded = new TextEncoder().encode(value);
      self.unsigned(encoded.length);
      need(encoded.length);
      room.set(encoded, used);
      used += encoded.length;
    },
    lines(values) {
      self.unsigned(values.length);
      self.text(values.map((value) => value.replaceAll('\n', ' ')).join('\n'));
    },
    bytes: () => room.slice(0, used),
  };
  return self;
}

export interface Reader {
  unsigned(): number;
  signed(): number;
  text(): string;
  lines(): string[];
}

/** Reads what a writer wrote, in the same order. Throws RangeError where the bytes end too early. */
export function reader(bytes: Uint8Array): Reader {
  let at = 0;
  const self: Reader = {
    unsigned() {
      let value = 0;
      let unit = 1;
      for (;;) {
        const byte = bytes[at++];
        if (byte === undefined) throw new RangeError('The data ends too early.');
        value += (byte % 128) * unit;
        if (byte < 128) return value;
        unit *= 128;
      }
    },
    signed() {
      const folded = self.unsigned();
      return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    },
    text() {
      const length = self.unsigned();
      if (at + length > bytes.length) throw new RangeError('The data ends too early.');
      const part = bytes.subarray(at, at + length);
      at += length;
      return new TextDecoder().decode(part);
    },
    lines() {
      const count = self.unsigned();
      const joined = self.text();
      return count === 0 ? [] : joined.split('\n');
    },
  };
  return self;
}
