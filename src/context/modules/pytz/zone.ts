import { JinjaError, truth, type Value } from '../../../jinja/index.ts';
import { pyFunction, pyValueError } from '../../py-function.ts';
import { toOrdinal } from '../datetime/calendar.ts';
import type { PyDateTime } from '../datetime/datetime.ts';
import { PyTimedelta } from '../datetime/timedelta.ts';
import { PyTzinfo, type WallTime } from '../datetime/tzinfo.ts';
import { meanTime, stateAt, type ZoneState } from './offsets.ts';
import { naive } from './utc.ts';

/**
 * A zone of pytz. As there, the offset belongs to the object: `timezone('Europe/Berlin')` itself stands for the zone's local mean
 * time, and `localize`, `astimezone` and the like give times whose zone is a variant with the right offset.
 */
export class PytzZone extends PyTzinfo {
  readonly zone: string;
  readonly #state: ZoneState | undefined;

  constructor(zone: string, state?: ZoneState) {
    super();
    this.zone = zone;
    this.#state = state;
  }

  pyTypeName(): string {
    return 'pytz.tzfile.DstTzInfo';
  }

  offsetAt(): number {
    return this.#state?.offset ?? meanTime(this.zone);
  }

  nameAt(): string {
    return this.#state?.name ?? 'LMT';
  }

  override dstAt(): number {
    return this.#state?.dst ?? 0;
  }

  override forInstant(epochSeconds: number): PytzZone {
    return new PytzZone(this.zone, stateAt(this.zone, epochSeconds));
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.zone;
      case 'localize':
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime, isDst = false) => this.#localized(at, isDst));
      case 'normalize':
        return pyFunction(name, ['dt'], (at: PyDateTime) => {
          if (!at.tzinfo) throw pyValueError('Naive time - no tzinfo set');
          return at.seenIn(this);
        });
      case 'utcoffset':
      case 'dst':
        return pyFunction(name, ['dt', 'is_dst?'], (at: PyDateTime) => {
          const zone = this.#localized(at.in(null), false).tzinfo as PytzZone;
          return PyTimedelta.ofSeconds(name === 'dst' ? zone.dstAt() : zone.offsetAt());
        });
      default:
        return super.pyAttr(name);
    }
  }

  override pyStr(): string {
    return this.zone;
  }

  override pyRepr(): string {
    const offset = PyTimedelta.ofSeconds(this.offsetAt());
    const shown = this.offsetAt() > 0 ? `+${offset.pyStr()}` : offset.pyStr();
    return `<DstTzInfo '${this.zone}' ${this.nameAt()}${shown} ${this.dstAt() === 0 ? 'STD' : 'DST'}>`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PytzZone && other.zone === this.zone && other.offsetAt() === this.offsetAt();
  }

  override pyHash(): string {
    return `pytz:${this.zone}:${this.offsetAt()}`;
  }

  /** A wall time that occurs twice is the later one unless `is_dst`; one that is skipped keeps the offset of that choice. */
  #localized(at: PyDateTime, isDst: Value): PyDateTime {
    const wall = secondsOf(naive(at));
    const near = [wall - 86_400, wall, wall + 86_400].map((moment) => stateAt(this.zone, moment));
    const states = near.filter((state, i) => near.findIndex((other) => other.offset === state.offset) === i);
    const fitting = states.filter((state) => stateAt(this.zone, wall - state.offset).offset === state.offset);
    const choices = fitting.length > 0 ? fitting : states;
    if (choices.length > 1 && isDst === null) throw ambiguous(at, fitting.length > 0);
    const wanted = choices.find((state) => (state.dst !== 0) === truth(isDst)) ?? choices[0];
    return at.in(new PytzZone(this.zone, wanted));
  }
}

function secondsOf(wall: WallTime): number {
  return (toOrdinal(wall) - 719_163) * 86_400 + wall.hour * 3600 + wall.minute * 60 + wall.second;
}

function ambiguous(at: PyDateTime, occursTwice: boolean): JinjaError {
  return new JinjaError(occursTwice ? 'AmbiguousTimeError' : 'NonExistentTimeError', at.pyStr());
}
