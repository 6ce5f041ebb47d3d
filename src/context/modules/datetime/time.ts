import { PyObject, typeName, type Value } from '../../../jinja/index.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { bareMethod, boundMethod, keywordArguments, keywordMethod } from '../../builtin-method.ts';
import { pyTypeError, pyValueError } from '../../py-function.ts';
import { compared, expectInteger } from './date.ts';
import { formatMoment, strftimeMethod } from './strftime.ts';
import { PyTimedelta } from './timedelta.ts';
import { offsetText, PyTzinfo } from './tzinfo.ts';

export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

export const FIRST_TIME: Clock = { hour: 0, minute: 0, second: 0, microsecond: 0 };
export const LAST_TIME: Clock = { hour: 23, minute: 59, second: 59, microsecond: 999_999 };

const NAMES = ['hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?', '*fold?'];

/** Python's time of day. */
export class PyTime extends PyObject implements Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly tzinfo: PyTzinfo | null;

  constructor(clock: Clock, tzinfo: PyTzinfo | null = null) {
    super();
    checkClock(clock);
    this.hour = clock.hour;
    this.minute = clock.minute;
    this.second = clock.second;
    this.microsecond = clock.microsecond;
    this.tzinfo = tzinfo;
  }

  /** `time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)`, or the same as changes of `base`. */
  static make(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>, base?: PyTime): PyTime {
    const [hour, minute, second, microsecond, tzinfo] = keywordArguments(base && name, NAMES, args, kwargs);
    const clock = {
      hour: hour ?? base?.hour ?? 0,
      minute: minute ?? base?.minute ?? 0,
      second: second ?? base?.second ?? 0,
      microsecond: microsecond ?? base?.microsecond ?? 0,
    };
    if (tzinfo !== undefined && tzinfo !== null && !(tzinfo instanceof PyTzinfo))
      throw pyTypeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(tzinfo)}'`);
    return new PyTime(clock, tzinfo === undefined ? (base?.tzinfo ?? null) : tzinfo);
  }

  pyTypeName(): string {
    return 'datetime.time';
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
      case 'tzinfo':
        return this[name];
      case 'fold':
        return 0;
      case 'isoformat':
        return keywordMethod(this, name, ['timespec?'], (spec = 'auto') => isoClock(this, spec) + this.#offset());
      case 'strftime':
        return strftimeMethod(this, { year: 1900, month: 1, day: 1, ...this.clock(), zone: this.tzinfo });
      case '__format__':
        return formatMoment(this, { year: 1900, month: 1, day: 1, ...this.clock(), zone: this.tzinfo });
      case 'replace':
        return boundMethod(this, name, (args, kwargs) => PyTime.make(name, args, kwargs, this));
      case 'utcoffset':
        return bareMethod(this, name, () => (this.tzinfo ? PyTimedelta.ofSeconds(this.tzinfo.offsetAt(null)) : null));
      case 'tzname':
        return bareMethod(this, name, () => this.tzinfo?.nameAt(null) ?? null);
      case 'min':
        return new PyTime(FIRST_TIME);
      case 'max':
        return new PyTime(LAST_TIME);
      case 'resolution':
        return new PyTimedelta(1n);
      default:
        return undefined;
    }
  }

  clock(): Clock {
    return { hour: this.hour, minute: this.minute, second: this.second, microsecond: this.microsecond };
  }

  override pyStr(): string {
    return isoClock(this, 'auto') + this.#offset();
  }

  override pyRepr(): string {
    return `datetime.time(${clockArguments(this)})`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyTime && micros(other) === micros(this);
  }

  override pyHash(): string {
    return `time:${micros(this)}`;
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    if (!(other instanceof PyTime)) return undefined;
    if ((this.tzinfo === null) !== (other.tzinfo === null) && '<=>='.includes(op)) {
      throw pyTypeError("can't compare offset-naive and offset-aware times");
    }
    return compared(op, (micros(this) - micros(other)) * (reflected ? -1 : 1));
  }

  #offset(): string {
    return this.tzinfo ? offsetText(this.tzinfo.offsetAt(null)) : '';
  }
}

function micros(time: PyTime): number {
  const seconds = time.hour * 3600 + time.minute * 60 + time.second - (time.tzinfo?.offsetAt(null) ?? 0);
  return seconds * 1_000_000 + time.microsecond;
}

/** `13:04:05.000007` to the precision of `timespec`. */
export function isoClock(clock: Clock, timespec: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = `${two(clock.hour)}:${two(clock.minute)}`;
  const seconds = `${minutes}:${two(clock.second)}`;
  switch (timespec) {
    case 'auto':
      return clock.microsecond === 0 ? seconds : `${seconds}.${String(clock.microsecond).padStart(6, '0')}`;
    case 'hours':
      return two(clock.hour);
    case 'minutes':
      return minutes;
    case 'seconds':
      return seconds;
    case 'milliseconds':
      return `${seconds}.${String(Math.floor(clock.microsecond / 1000)).padStart(3, '0')}`;
    case 'microseconds':
      return `${seconds}.${String(clock.microsecond).padStart(6, '0')}`;
    default:
      throw pyValueError(`Unknown timespec value`);
  }
}

/** As repr() lists them: seconds and microseconds only where there are any. */
export function clockArguments(clock: Clock): string {
  const parts = [clock.hour, clock.minute];
  if (clock.second !== 0 || clock.microsecond !== 0) parts.push(clock.second);
  if (clock.microsecond !== 0) parts.push(clock.microsecond);
  return parts.join(', ');
}

export function checkClock(clock: Clock): void {
  const limits = { hour: 23, minute: 59, second: 59, microsecond: 999_999 } as const;
  for (const name of ['hour', 'minute', 'second', 'microsecond'] as const) {
    expectInteger(clock[name]);
    if (clock[name] < 0 || clock[name] > limits[name]) throw pyValueError(`${name} must be in 0..${limits[name]}`);
  }
}
