import { hostFunction, JinjaError, PyObject, tuple, typeName, type Value } from '../../../jinja/index.ts';
import { PlainDate } from '../../../util/data.ts';
import type { BinaryOp } from '../../binary-op.ts';
import { pyFunction, pyTypeError, pyValueError } from '../../py-function.ts';
import { classArguments } from './arguments.ts';
import { type Civil, daysInMonth, fromOrdinal, isoCalendar, MAX_ORDINAL, toOrdinal, weekday } from './calendar.ts';
import { formatMoment, type Moment, strftime } from './strftime.ts';
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
        return hostFunction(name, () => this.pyStr());
      case 'strftime':
        return pyFunction(name, ['format'], (format) => strftime({ ...MIDNIGHT, ...this.civil() }, format));
      case '__format__':
        return formatMoment({ ...MIDNIGHT, ...this.civil() }, () => this.pyStr());
      case 'replace':
        return hostFunction(name, (args, kwargs) => {
          const [year, month, day] = classArguments(name, ['year', 'month', 'day'], 0, args, kwargs);
          return new PyDate(year ?? this.year, month ?? this.month, day ?? this.day);
        });
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
export function dateAttribute(civil: Civil, name: string): Value | undefined {
  switch (name) {
    case 'weekday':
      return hostFunction(name, () => weekday(civil));
    case 'isoweekday':
      return hostFunction(name, () => weekday(civil) + 1);
    case 'toordinal':
      return hostFunction(name, () => toOrdinal(civil));
    case 'isocalendar':
      return hostFunction(name, () => tuple(isoCalendar(civil)));
    case 'ctime':
      return hostFunction(name, () => ctime({ ...MIDNIGHT, ...civil }));
    default:
      return undefined;
  }
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
  if (typeof value === 'number' || typeof value === 'boolean') return;
  throw pyTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}
