import { JinjaError, namedTuple, PyObject, type TupleType, typeName, type Value } from '../../../jinja/index.ts';
import { PlainDate } from '../../../util/data.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { bareMethod, keywordMethod } from '../../builtin-method.ts';
import { pyTypeError, pyValueError } from '../../py-function.ts';
import { type Civil, daysInMonth, fromOrdinal, isoCalendar, MAX_ORDINAL, toOrdinal, weekday } from './calendar.ts';
import { formatMoment, type Moment, strftime, strftimeMethod } from './strftime.ts';
import { PyTimedelta } from './timedelta.ts';

const MIDNIGHT = { hour: 0, minute: 0, second: 0, microsecond: 0 };

/** Python's date. */
export class PyDate extends PyObject implements Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    super();
    checkCivil(year, month, day);
    this.year = year;
    this.month = month;
    this.day = day;
  }

  static ofOrdinal(ordinal: number): PyDate {
    if (ordinal < 1 || ordinal > MAX_ORDINAL) throw new JinjaError('OverflowError', 'date value out of range');
    const { year, month, day } = fromOrdinal(ordinal);
    return new PyDate(year, month, day);
  }

  pyTypeName(): string {
    return 'datetime.date';
  }

  get ordinal(): number {
    return toOrdinal(this);
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return this[name];
      case 'isoformat':
        return bareMethod(this, name, () => this.pyStr());
      case 'strftime':
        return strftimeMethod(this, { ...MIDNIGHT, ...this.civil() });
      case '__format__':
        return formatMoment(this, { ...MIDNIGHT, ...this.civil() });
      case 'replace':
        return keywordMethod(
          this,
          name,
          ['year?', 'month?', 'day?'],
          (year, month, day) => new PyDate(year ?? this.year, month ?? this.month, day ?? this.day),
        );
      case 'min':
        return new PyDate(1, 1, 1);
      case 'max':
        return new PyDate(9999, 12, 31);
      case 'resolution':
        return new PyTimedelta(86_400_000_000n);
      default:
        return dateAttribute(this, name);
    }
  }

  civil(): Civil {
    return { year: this.year, month: this.month, day: this.day };
  }

  override pyStr(): string {
    return isoDate(this);
  }

  override pyData(): PlainDate {
    return new PlainDate(isoDate(this), 'date');
  }

  override pyRepr(): string {
    return `datetime.date(${this.year}, ${this.month}, ${this.day})`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyDate && other.ordinal === this.ordinal;
  }

  override pyHash(): string {
    return `date:${this.ordinal}`;
  }

  override pyBinary(op: BinaryOp, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimedelta) {
      if (op === '+') return PyDate.ofOrdinal(this.ordinal + other.days);
      return op === '-' && !reflected ? PyDate.ofOrdinal(this.ordinal - other.days) : undefined;
    }
    if (!(other instanceof PyDate)) return undefined;
    const days = (this.ordinal - other.ordinal) * (reflected ? -1 : 1);
    return op === '-' ? new PyTimedelta(BigInt(days) * 86_400_000_000n) : compared(op, days);
  }
}

/** What dates and datetimes have in common. */
export function dateAttribute(civil: Civil & PyObject, name: string): Value | undefined {
  switch (name) {
    case 'weekday':
      return bareMethod(civil, name, () => weekday(civil));
    case 'isoweekday':
      return bareMethod(civil, name, () => weekday(civil) + 1);
    case 'toordinal':
      return bareMethod(civil, name, () => toOrdinal(civil));
    case 'isocalendar':
      return bareMethod(civil, name, () => namedTuple(ISO_CALENDAR, isoCalendar(civil)));
    case 'timetuple':
      return bareMethod(civil, name, () => timeTuple({ ...civil, ...MIDNIGHT }, -1));
    case 'ctime':
      return bareMethod(civil, name, () => ctime({ ...MIDNIGHT, ...civil }));
    default:
      return undefined;
  }
}

const ISO_CALENDAR: TupleType = {
  name: 'IsoCalendarDate',
  module: 'datetime',
  names: ['year', 'week', 'weekday'],
  shown: true,
};
const STRUCT_TIME: TupleType = {
  name: 'struct_time',
  module: 'time',
  names: 'year mon mday hour min sec wday yday isdst'.split(' ').map((word) => `tm_${word}`),
  shown: true,
};

/** Python's time.struct_time; `isDst` is 1, 0 or -1 for unknown. */
export function timeTuple(moment: Moment, isDst: number): Value {
  const { year, month, day, hour, minute, second } = moment;
  const first = toOrdinal({ year, month: 1, day: 1 });
  const yearDay = toOrdinal(moment) - first + 1;
  return namedTuple(STRUCT_TIME, [year, month, day, hour, minute, second, weekday(moment), yearDay, isDst]);
}

/** The C library's text of a time, with the year in four digits. */
export function ctime(moment: Moment): string {
  return strftime(moment, '%a %b %e %H:%M:%S ') + String(moment.year).padStart(4, '0');
}

export function isoDate({ year, month, day }: Civil): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `<` and its like of a difference; undefined for other operators. */
export function compared(op: BinaryOp, difference: number): boolean | undefined {
  switch (op) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    default:
      return undefined;
  }
}

export function checkCivil(year: Value, month: Value, day: Value): void {
  for (const value of [year, month, day]) expectInteger(value);
  if (year < 1 || year > 9999) throw pyValueError(`year ${year} is out of range`);
  if (month < 1 || month > 12) throw pyValueError('month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) throw pyValueError('day is out of range for month');
}

export function expectInteger(value: Value): void {
  if (typeof value === 'boolean') return;
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value)
    throw new JinjaError('OverflowError', 'Python int too large to convert to C long');
  if (typeof value !== 'number' && typeof value !== 'bigint')
    throw pyTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  if (value >= 2 ** 31) throw new JinjaError('OverflowError', 'signed integer is greater than maximum');
  if (value < -(2 ** 31)) throw new JinjaError('OverflowError', 'signed integer is less than minimum');
}
