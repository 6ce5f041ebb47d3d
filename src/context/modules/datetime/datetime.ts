import { JinjaError, PyFloat, PyObject, typeName, type Value } from '../../../jinja/index.ts';
import { PlainDate } from '../../../util/data.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { bareMethod, boundMethod, keywordArguments, keywordMethod } from '../../builtin-method.ts';
import { pyTypeError } from '../../py-function.ts';
import { type Civil, fromOrdinal, MAX_ORDINAL, toOrdinal } from './calendar.ts';
import { checkCivil, compared, ctime, dateAttribute, expectInteger, isoDate, PyDate, timeTuple } from './date.ts';
import { localZone } from './local-zone.ts';
import { formatMoment, strftimeMethod } from './strftime.ts';
import { type Clock, checkClock, clockArguments, FIRST_TIME, isoClock, LAST_TIME, PyTime } from './time.ts';
import { PyTimedelta } from './timedelta.ts';
import { offsetText, PyTzinfo, UTC, type WallTime } from './tzinfo.ts';

const CLOCK_NAMES = ['hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?', '*fold?'];
const NAMES = ['year', 'month', 'day', ...CLOCK_NAMES];
const CHANGES = ['year?', 'month?', 'day?', ...CLOCK_NAMES];
const TZINFO = NAMES.indexOf('tzinfo?');
const EPOCH = 719163;

/** Python's datetime, naive or with a zone. */
export class PyDateTime extends PyObject implements WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly tzinfo: PyTzinfo | null;

  constructor(civil: Civil, clock: Clock, tzinfo: PyTzinfo | null = null) {
    super();
    checkCivil(civil.year, civil.month, civil.day);
    checkClock(clock);
    this.year = civil.year;
    this.month = civil.month;
    this.day = civil.day;
    this.hour = clock.hour;
    this.minute = clock.minute;
    this.second = clock.second;
    this.microsecond = clock.microsecond;
    this.tzinfo = tzinfo;
  }

  /** `datetime(year, month, day, hour=0, …)`, or the same as changes of `base`. */
  static make(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>, base?: PyDateTime): PyDateTime {
    const values = keywordArguments(
      base && name,
      base ? CHANGES : NAMES,
      args,
      kwargs,
      (value, i) => i !== TZINFO && expectInteger(value),
    );
    const [year, month, day, hour, minute, second, microsecond, tzinfo] = values;
    const civil = { year: year ?? base?.year, month: month ?? base?.month, day: day ?? base?.day };
    const clock = {
      hour: hour ?? base?.hour ?? 0,
      minute: minute ?? base?.minute ?? 0,
      second: second ?? base?.second ?? 0,
      microsecond: microsecond ?? base?.microsecond ?? 0,
    };
    if (tzinfo !== undefined && tzinfo !== null && !(tzinfo instanceof PyTzinfo))
      throw pyTypeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(tzinfo)}'`);
    return new PyDateTime(civil as Civil, clock, tzinfo === undefined ? (base?.tzinfo ?? null) : tzinfo);
  }

  /** Of microseconds since 0001-01-01, as wall-clock time of `tzinfo`. */
  static ofMicros(micros: bigint, tzinfo: PyTzinfo | null): PyDateTime {
    const day = 86_400_000_000n;
    const ordinal = Number(micros / day) + 1;
    if (micros < 0n || ordinal > MAX_ORDINAL) throw new JinjaError('OverflowError', 'date value out of range');
    const rest = Number(micros % day);
    const seconds = Math.floor(rest / 1_000_000);
    const clock = {
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      microsecond: rest % 1_000_000,
    };
    return new PyDateTime(fromOrdinal(ordinal), clock, tzinfo);
  }

  /** Of microseconds since 1970 in UTC, seen in a zone; without one naive in UTC. */
  static ofEpoch(micros: bigint, zone: PyTzinfo | null): PyDateTime {
    const there = zone?.forInstant(Number(micros / 1_000_000n)) ?? null;
    const base = micros + BigInt(EPOCH - 1) * 86_400_000_000n;
    if (!there) return PyDateTime.ofMicros(base, null);
    const utc = PyDateTime.ofMicros(base, null);
    return PyDateTime.ofMicros(base + BigInt(there.offsetAt(utc)) * 1_000_000n, there);
  }

  pyTypeName(): string {
    return 'datetime.datetime';
  }

  /** Microseconds of the wall clock since 0001-01-01. */
  get micros(): bigint {
    const seconds = (toOrdinal(this) - 1) * 86_400 + this.hour * 3600 + this.minute * 60 + this.second;
    return BigInt(seconds) * 1_000_000n + BigInt(this.microsecond);
  }

  /** Microseconds since 1970 in UTC; a naive time counts as local. */
  get epochMicros(): bigint {
    const zone = this.tzinfo ?? localZone();
    return this.micros - BigInt(EPOCH - 1) * 86_400_000_000n - BigInt(zone.offsetAt(this)) * 1_000_000n;
  }

  /** The same wall clock in that zone. */
  in(zone: PyTzinfo | null): PyDateTime {
    return new PyDateTime(this, this, zone);
  }

  /** The same moment in that zone. */
  seenIn(zone: PyTzinfo): PyDateTime {
    return PyDateTime.ofEpoch(this.epochMicros, zone);
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
      case 'tzinfo':
        return this[name];
      case 'fold':
        return 0;
      case 'min':
        return new PyDateTime({ year: 1, month: 1, day: 1 }, FIRST_TIME);
      case 'max':
        return new PyDateTime({ year: 9999, month: 12, day: 31 }, LAST_TIME);
      case 'resolution':
        return new PyTimedelta(1n);
      default:
        return this.#method(name) ?? this.#zoneMethod(name) ?? dateAttribute(this, name);
    }
  }

  #method(name: string): Value | undefined {
    switch (name) {
      case 'date':
        return bareMethod(this, name, () => new PyDate(this.year, this.month, this.day));
      case 'time':
        return bareMethod(this, name, () => new PyTime(this));
      case 'timetz':
        return bareMethod(this, name, () => new PyTime(this, this.tzinfo));
      case 'isoformat':
        return keywordMethod(this, name, ['sep?', 'timespec?'], (sep = 'T', spec = 'auto') => this.#iso(sep, spec));
      case 'strftime':
        return strftimeMethod(this, { ...this.#wall(), zone: this.tzinfo });
      case '__format__':
        return formatMoment(this, { ...this.#wall(), zone: this.tzinfo });
      case 'replace':
        return boundMethod(this, name, (args, kwargs) => PyDateTime.make(name, args, kwargs, this));
      case 'timestamp':
        return bareMethod(this, name, () => new PyFloat(Number(this.epochMicros) / 1_000_000));
      case 'ctime':
        return bareMethod(this, name, () => ctime(this));
      case 'timetuple':
        return bareMethod(this, name, () => this.#timeTuple());
      default:
        return undefined;
    }
  }

  #zoneMethod(name: string): Value | undefined {
    const zone = this.tzinfo;
    switch (name) {
      case 'utcoffset':
        return bareMethod(this, name, () => (zone ? PyTimedelta.ofSeconds(zone.offsetAt(this)) : null));
      case 'tzname':
        return bareMethod(this, name, () => zone?.nameAt(this) ?? null);
      case 'dst':
        return bareMethod(this, name, () => {
          const saved = zone?.dstAt(this) ?? null;
          return saved === null ? null : PyTimedelta.ofSeconds(saved);
        });
      case 'astimezone':
        return keywordMethod(this, name, ['tz?'], (tz = null) => this.seenIn(tz ?? localZone()));
      case 'utctimetuple':
        return bareMethod(this, name, () =>
          PyDateTime.ofEpoch(this.tzinfo ? this.epochMicros : this.#asUtc(), UTC).#timeTuple(),
        );
      default:
        return undefined;
    }
  }

  override pyStr(): string {
    return this.#iso(' ', 'auto');
  }

  override pyData(): PlainDate {
    return new PlainDate(this.pyStr(), 'datetime');
  }

  override pyRepr(): string {
    const zone = this.tzinfo ? `, tzinfo=${this.tzinfo.pyRepr()}` : '';
    return `datetime.datetime(${this.year}, ${this.month}, ${this.day}, ${clockArguments(this)}${zone})`;
  }

  override pyEq(other: Value): boolean {
    if (!(other instanceof PyDateTime) || (other.tzinfo === null) !== (this.tzinfo === null)) return false;
    return this.#difference(other) === 0n;
  }

  override pyHash(): string {
    return this.tzinfo ? `aware:${this.epochMicros}` : `naive:${this.micros}`;
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimedelta) {
      if (op === '+') return PyDateTime.ofMicros(this.micros + other.micros, this.tzinfo);
      return op === '-' && !reflected ? PyDateTime.ofMicros(this.micros - other.micros, this.tzinfo) : undefined;
    }
    if (!(other instanceof PyDateTime)) return undefined;
    if (op === '-') {
      if ((other.tzinfo === null) !== (this.tzinfo === null))
        throw pyTypeError("can't subtract offset-naive and offset-aware datetimes");
      return new PyTimedelta(this.#difference(other) * (reflected ? -1n : 1n));
    }
    if (!['<', '<=', '>', '>='].includes(op)) return undefined;
    if ((other.tzinfo === null) !== (this.tzinfo === null))
      throw pyTypeError("can't compare offset-naive and offset-aware datetimes");
    return compared(op, Number(this.#difference(other)) * (reflected ? -1 : 1));
  }

  #difference(other: PyDateTime): bigint {
    return this.tzinfo && other.tzinfo ? this.epochMicros - other.epochMicros : this.micros - other.micros;
  }

  #asUtc(): bigint {
    return this.micros - BigInt(EPOCH - 1) * 86_400_000_000n;
  }

  #wall(): WallTime {
    const { year, month, day, hour, minute, second, microsecond } = this;
    return { year, month, day, hour, minute, second, microsecond };
  }

  #iso(sep: string, timespec: string): string {
    const zone = this.tzinfo ? offsetText(this.tzinfo.offsetAt(this)) : '';
    return isoDate(this) + sep + isoClock(this, timespec) + zone;
  }

  #timeTuple(): Value {
    const saved = this.tzinfo?.dstAt(this) ?? null;
    return timeTuple(this, saved === null ? -1 : Math.sign(saved));
  }
}
