/** Mean bytes of the rows that a first piece of COPY data holds whole; undefined where it holds none. */
export function rowBytes(chunk: Buffer, format: 'binary' | 'text'): number | undefined {
  const { rows, end } = wholeRows(chunk, format);
  return rows === 0 ? undefined : end / rows;
}

/** The whole rows at the beginning of a piece of COPY data that begins with one. */
export function wholeRows(chunk: Buffer, format: 'binary' | 'text'): Whole {
  return format === 'binary' ? binaryRows(chunk) : textRows(chunk);
}

interface Whole {
  readonly rows: number;
  /** Where the last whole row ends. */
  readonly end: number;
}

/** A row is a count of fields, and for each its length (-1 for NULL) and its bytes. */
function binaryRows(chunk: Buffer): Whole {
  let rows = 0;
  let end = 0;
  for (let at = 0; at + 2 <= chunk.length; ) {
    const fields = chunk.readInt16BE(at);
    at += 2;
    for (let field = 0; field < fields; field++) {
      if (at + 4 > chunk.length) return { rows, end };
      at += 4 + Math.max(0, chunk.readInt32BE(at));
    }
    if (fields < 0 || at > chunk.length) break;
    rows += 1;
    end = at;
  }
  return { rows, end };
}

/** A line break within a value is written as `\n`. */
function textRows(chunk: Buffer): Whole {
  let rows = 0;
  let end = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, end)) {
    rows += 1;
    end = at + 1;
  }
  return { rows, end };
}
