import type { Value } from '../../jinja/index.ts';
import type { Invocation } from '../../model/index.ts';
import { dateTimeOf } from '../modules/datetime/parse-iso.ts';
import { PYTZ_UTC } from '../modules/pytz/utc.ts';

/** `run_started_at`: a datetime in UTC. */
export function startedAt(invocation: Invocation): Value {
  return dateTimeOf(invocation.startedAt)?.in(PYTZ_UTC) ?? null;
}
