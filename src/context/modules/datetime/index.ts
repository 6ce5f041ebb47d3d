import { PyFloat, PyObject, typeName, type Value } from '../../../jinja/index.ts';
import { bareMethod, exactMethod, keywordArguments, keywordMethod, singleMethod } from '../../builtin-method.ts';
import { LazyObject } from '../../lazy-object.ts';
import { pyTypeError, pyValueError } from '../../py-function.ts';
import { fromOrdinal, isoYearStart, MAX_ORDINAL } from './calendar.ts';
import { expectInteger, PyDate } from './date.ts';
import { PyDateTime } from './datetime.ts';
import { dateOf, dateTimeOf, timeOf } from './parse-iso.ts';
import { strptime } from './strptime.ts';
import { FIRST_TIME, LAST_TIME, PyTime } from './time.ts';
import { LONGEST, makeTimedelta, PyTimedelta } from './timedelta.ts';
import { PyTimezone, type PyTzinfo, UTC } from './tzinfo.ts';

type Call = (args: readonly Value[], kwargs: ReadonlyMap<string, Value>) => Value;

/** A class of the module: makes objects when called, and has what belongs to the class as attributes. */
class PyClass extends PyObject {
  readonly #name: string;
  readonly #make: Call;
  readonly #members: Readonly<Record<string, (self: PyObject) => Value>>;

  constructor(name: string, make: Call, members: Readonly<Record<string, (self: PyObject) => Value>>) {
    super();
    this.#name = name;
    this.#make = make;
    this.#members = members;
  }

  pyTypeName(): string {
    return 'type';
  }

  override pyRepr(): string {
    return `<class 'datetime.${this.#name}'>`;
  }

  override pyCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
    return this.#make(args, kwargs);
  }

  override pyAttr(name: string): Value | undefined {
    return Object.hasOwn(this.#members, name) ? this.#members[name]?.(this) : undefined;
  }
}

/** `modules.datetime`: date, datetime, time, timedelta, timezone, tzinfo. `clock` gives the time that now() is. */
export function datetimeModule(clock: () => Date): Value {
  const classes: Readonly<Record<string, Value>> = {
    date: dateClass(clock),
    datetime: datetimeClass(clock),
    time: new PyClass('time', (args, kwargs) => PyTime.make('time', args, kwargs), {
      fromisoformat: (self) => fromIso(self, 'time', timeOf),
      min: () => new PyTime(FIRST_TIME),
      max: () => new PyTime(LAST_TIME),
      resolution: () => new PyTimedelta(1n),
    }),
    timedelta: new PyClass('timedelta', makeTimedelta, {
      max: () => new PyTimedelta(LONGEST),
      min: () => new PyTimedelta(-999_999_999n * 86_400_000_000n),
      resolution: () => new PyTimedelta(1n),
    }),
    timezone: new PyClass('timezone', makeTimezone, { utc: () => UTC }),
    tzinfo: new PyClass('tzinfo', () => null, {}),
  };
  return new LazyObject(
    'dict',
    (name) => (Object.hasOwn(classes, name) ? classes[name] : undefined),
    () => Object.keys(classes),
  );
}

function dateClass(clock: () => Date): Value {
  const make: Call = (args, kwargs) => {
    const [year, month, day] = keywordArguments(undefined, ['year', 'month', 'day'], args, kwargs, expectInteger);
    return new PyDate(year, month, day);
  };
  return new PyClass('date', make, {
    today: (self) => bareMethod(self, 'today', () => dateIn(now(clock, null)), 'date'),
    fromisoformat: (self) => fromIso(self, 'date', dateOf),
    fromordinal: (self) => exactMethod(self, 'fromordinal', 1, (n) => PyDate.ofOrdinal(expectOrdinal(n))),
    fromtimestamp: (self) => singleMethod(self, 'fromtimestamp', (at) => dateIn(fromTimestamp(at, null)), 'date'),
    fromisocalendar: (self) =>
      keywordMethod(self, 'fromisocalendar', ['year', 'week', 'day'], (year, week, day) =>
        dateIn(fromWeek(year, week, day)),
      ),
    min: () => new PyDate(1, 1, 1),
    max: () => new PyDate(9999, 12, 31),
    resolution: () => new PyTimedelta(86_400_000_000n),
  });
}

function datetimeClass(clock: () => Date): Value {
  return new PyClass('datetime', (args, kwargs) => PyDateTime.make('datetime', args, kwargs), {
    now: (self) => keywordMethod(self, 'now', ['tz?'], (zone = null) => now(clock, zone)),
    today: (self) => bareMethod(self, 'today', () => now(clock, null), 'datetime'),
    utcnow: (self) =>
      bareMethod(self, 'utcnow', () => PyDateTime.ofEpoch(BigInt(clock().getTime()) * 1000n, null), 'datetime'),
    strptime: (self) =>
      exactMethod(self, 'strptime', 2, (text, format) => {
        for (const [i, value] of [text, format].entries()) {
          if (typeof value !== 'string')
            throw pyTypeError(`strptime() argument ${i + 1} must be str, not ${nameOf(value)}`);
        }
        const { civil, clock: time, zone } = strptime(text, format);
        return new PyDateTime(civil, time, zone);
      }),
    fromisoformat: (self) => fromIso(self, 'datetime', dateTimeOf),
    fromtimestamp: (self) =>
      keywordMethod(self, 'fromtimestamp', ['timestamp', 'tz?'], (at, zone = null) => fromTimestamp(at, zone)),
    utcfromtimestamp: (self) =>
      exactMethod(self, 'utcfromtimestamp', 1, (at) => PyDateTime.ofEpoch(microsOf(at), null)),
    fromordinal: (self) =>
      exactMethod(self, 'fromordinal', 1, (n) => new PyDateTime(fromOrdinal(expectOrdinal(n)), FIRST_TIME)),
    fromisocalendar: (self) => keywordMethod(self, 'fromisocalendar', ['year', 'week', 'day'], fromWeek),
    combine: (self) =>
      keywordMethod(
        self,
        'combine',
        ['date', 'time', 'tzinfo?'],
        (date, time, zone) => new PyDateTime(date, time, zone === undefined ? time.tzinfo : zone),
      ),
    min: () => new PyDateTime({ year: 1, month: 1, day: 1 }, FIRST_TIME),
    max: () => new PyDateTime({ year: 9999, month: 12, day: 31 }, LAST_TIME),
    resolution: () => new PyTimedelta(1n),
  });
}

/** How C's messages call a value of the wrong type. */
const nameOf = (value: Value): string => (value === null ? 'None' : typeName(value));

const makeTimezone: Call = (args, kwargs) => {
  const [offset, name] = keywordArguments('timezone', ['offset', 'name?'], args, kwargs);
  if (!(offset instanceof PyTimedelta))
    throw pyTypeError(`timezone() argument 1 must be datetime.timedelta, not ${nameOf(offset)}`);
  const seconds = Number(offset.micros / 1_000_000n);
  return seconds === 0 && name === undefined ? UTC : new PyTimezone(seconds, name);
};

function now(clock: () => Date, zone: PyTzinfo | null): PyDateTime {
  return inZone(BigInt(clock().getTime()) * 1000n, zone);
}

function fromTimestamp(at: Value, zone: PyTzinfo | null): PyDateTime {
  return inZone(microsOf(at), zone);
}

/** Without a zone: naive local time. */
function inZone(micros: bigint, zone: PyTzinfo | null): PyDateTime {
  if (zone) return PyDateTime.ofEpoch(micros, zone);
  const local = new Date(Number(micros / 1000n));
  const utc = PyDateTime.ofEpoch(micros, null);
  const shift = BigInt(-local.getTimezoneOffset() * 60) * 1_000_000n;
  return PyDateTime.ofMicros(utc.micros + shift, null);
}

function microsOf(at: Value): bigint {
  const seconds = at instanceof PyFloat ? at.value : Number(at);
  return BigInt(Math.round(seconds * 1_000_000));
}

function dateIn(at: PyDateTime): PyDate {
  return new PyDate(at.year, at.month, at.day);
}

function expectOrdinal(value: Value): number {
  expectInteger(value);
  if (value < 1) throw pyValueError('ordinal must be >= 1');
  if (value > MAX_ORDINAL) throw pyValueError(`year ${fromOrdinal(Number(value)).year} is out of range`);
  return Number(value);
}

function fromWeek(year: number, week: number, day: number): PyDateTime {
  for (const value of [year, week, day]) expectInteger(value);
  if (year < 1 || year > 9999) throw pyValueError(`Year is out of range: ${year}`);
  const weeks = Math.round((isoYearStart(year + 1) - isoYearStart(year)) / 7);
  if (week < 1 || week > weeks) throw pyValueError(`Invalid week: ${week}`);
  if (day < 1 || day > 7) throw pyValueError(`Invalid day: ${day} (range is [1, 7])`);
  return new PyDateTime(fromOrdinal(isoYearStart(year) + (week - 1) * 7 + day - 1), FIRST_TIME);
}

function fromIso(self: PyObject, owner: string, read: (text: string) => Value | undefined): Value {
  const made = (text: Value) => {
    if (typeof text !== 'string') throw pyTypeError('fromisoformat: argument must be str');
    const value = read(text);
    if (value === undefined) throw pyValueError(`Invalid isoformat string: '${text}'`);
    return value;
  };
  return singleMethod(self, 'fromisoformat', made, owner);
}
