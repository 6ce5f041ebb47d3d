import { JinjaError, PySet, type Value } from '../../../jinja/index.ts';
import { LazyObject } from '../../lazy-object.ts';
import { pyFunction } from '../../py-function.ts';
import { PyTimezone } from '../datetime/tzinfo.ts';
import { knownZone } from './offsets.ts';
import { PYTZ_UTC } from './utc.ts';
import { PytzZone } from './zone.ts';

const MEMBERS: Readonly<Record<string, () => Value>> = {
  utc: () => PYTZ_UTC,
  UTC: () => PYTZ_UTC,
  timezone: () => pyFunction('timezone', ['zone'], timezone),
  FixedOffset: () => pyFunction('FixedOffset', ['offset'], (minutes) => fixedOffset(Number(minutes))),
  all_timezones: () => zoneNames(),
  common_timezones: () => zoneNames(),
  all_timezones_set: () => new PySet(zoneNames()),
  common_timezones_set: () => new PySet(zoneNames()),
};

/** `modules.pytz`, with the zones Intl knows. */
export function pytzModule(): Value {
  return new LazyObject(
    'dict',
    (name) => (Object.hasOwn(MEMBERS, name) ? MEMBERS[name]?.() : undefined),
    () => Object.keys(MEMBERS),
  );
}

/** Names are found whatever their case, as pytz does. */
function timezone(name: Value): Value {
  const text = String(name);
  if (text.toUpperCase() === 'UTC') return PYTZ_UTC;
  if (knownZone(text) === undefined || /^[-+\d]/.test(text)) throw new JinjaError('UnknownTimeZoneError', `'${text}'`);
  const listed = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === text.toLowerCase());
  return new PytzZone(listed ?? (text === text.toLowerCase() ? inCapitals(text) : text));
}

/** Old names such as `us/eastern`, which Intl knows but does not list. */
function inCapitals(name: string): string {
  return name
    .replace(/(^|[/_-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Us\//, 'US/');
}

function fixedOffset(minutes: number): Value {
  return minutes === 0 ? PYTZ_UTC : new PyTimezone(minutes * 60, `pytz.FixedOffset(${minutes})`);
}

function zoneNames(): string[] {
  return [...Intl.supportedValuesOf('timeZone'), 'UTC'].sort();
}
