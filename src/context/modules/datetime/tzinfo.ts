import { PyObject, type Value } from '../../../jinja/index.ts';
import { singleMethod } from '../../builtin-method.ts';
import { PyTimedelta } from './timedelta.ts';

/** Wall-clock time without a zone. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A time zone as a datetime holds it. Offsets in seconds, east positive. */
export abstract class PyTzinfo extends PyObject {
  abstract offsetAt(wall: WallTime | null): number;
  abstract nameAt(wall: WallTime | null): string;

  dstAt(_wall: WallTime | null): number | null {
    return null;
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'utcoffset':
        return singleMethod(this, name, (at) => PyTimedelta.ofSeconds(this.offsetAt(at ?? null)));
      case 'tzname':
        return singleMethod(this, name, (at) => this.nameAt(at ?? null));
      case 'dst':
        return singleMethod(this, name, (at) => {
          const saved = this.dstAt(at ?? null);
          return saved === null ? null : PyTimedelta.ofSeconds(saved);
        });
      default:
        return undefined;
    }
  }

  /** The zone, perhaps another object, for a moment given in seconds since 1970 in UTC. */
  forInstant(_epochSeconds: number): PyTzinfo {
    return this;
  }
}

/** datetime.timezone: a fixed offset. */
export class PyTimezone extends PyTzinfo {
  readonly #offset: number;
  readonly #name: string | undefined;

  constructor(offset: number, name?: string) {
    super();
    this.#offset = offset;
    this.#name = name;
  }

  pyTypeName(): string {
    return 'datetime.timezone';
  }

  offsetAt(): number {
    return this.#offset;
  }

  nameAt(): string {
    return this.#name ?? (this.#offset === 0 ? 'UTC' : `UTC${offsetText(this.#offset)}`);
  }

  override pyStr(): string {
    return this.nameAt();
  }

  override pyRepr(): string {
    if (this.#offset === 0 && this.#name === undefined) return 'datetime.timezone.utc';
    const delta = PyTimedelta.ofSeconds(this.#offset).pyRepr();
    return `datetime.timezone(${delta}${this.#name === undefined ? '' : `, '${this.#name}'`})`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyTimezone && other.offsetAt() === this.#offset;
  }

  override pyHash(): string {
    return `timezone:${this.#offset}`;
  }
}

export const UTC = new PyTimezone(0);

/** `+05:30`, `-04:00`, with seconds where there are any. */
export function offsetText(offset: number, separator = ':'): string {
  const size = Math.abs(offset);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = size % 60 === 0 ? '' : separator + two(size % 60);
  return `${offset < 0 ? '-' : '+'}${two(size / 3600)}${separator}${two((size / 60) % 60)}${seconds}`;
}
