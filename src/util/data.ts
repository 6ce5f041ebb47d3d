/**
 * Plain data as it comes out of YAML, JSON and the command line.
 * A float whose value is a whole number (`1.0`) is boxed, because a JavaScript number cannot tell it from an integer;
 * integers beyond 2^53 are bigint; YAML's dates and timestamps are boxed with Python's meaning.
 */
export type Data = null | boolean | number | bigint | string | WholeFloat | PlainDate | DataList | DataMap;
export type DataList = readonly Data[];
export interface DataMap {
  readonly [key: string]: Data;
}

/** A float with a whole value, such as `1.0`; prints as Python does. */
export class WholeFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  toJSON(): number {
    return this.value;
  }
}

/** A date or timestamp literal of YAML 1.1; `iso` is what Python's str() prints of it. */
export class PlainDate {
  readonly iso: string;
  readonly kind: 'date' | 'datetime';
  constructor(iso: string, kind: 'date' | 'datetime') {
    this.iso = iso;
    this.kind = kind;
  }
  /** As dbt's artifacts write it. */
  toJSON(): string {
    return this.iso.replace(' ', 'T');
  }
}

export function isDataMap(value: unknown): value is DataMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WholeFloat) &&
    !(value instanceof PlainDate)
  );
}
