import { TsdbtError } from '../error/index.ts';
import type { Environment } from './flags/environment.ts';

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** The moment an invocation takes as now: TSDBT_NOW (ISO 8601, UTC where it names no zone), else `now`. Throws TSD9001. */
export function clockOf(env: Environment, now: Date): Date {
  const given = env['TSDBT_NOW'];
  if (given === undefined || given === '') return now;
  const match = ISO.exec(given.trim());
  const moment = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`);
  if (!Number.isNaN(moment)) return new Date(moment);
  throw new TsdbtError({
    code: 'TSD9001',
    message: `TSDBT_NOW is '${given}', which is no point in time.`,
    hint: 'Write it as 2026-01-31T12:00:00 (UTC) or with a zone, as 2026-01-31T12:00:00+05:30.',
  });
}
