import { isWorthSwapping } from '../plan/full-swap.ts';
import { rowsOf } from '../postgres/connection.ts';
import type { Changed } from './merge.ts';
import type { Prepared } from './prepare.ts';
import { resumable } from './resume.ts';
import type { SyncSession } from './session.ts';
import { StrangersCame } from './swap.ts';
import { takePlace } from './take-place.ts';

const NO_PRIVILEGE = '42501';

/** Swaps loaded rows in that were to be merged, where that is cheaper and comes to the same. Undefined where they must be merged. */
export async function swapInstead(
  session: SyncSession,
  { plan, target, targetRows }: Prepared,
  loaded: number,
): Promise<Changed | undefined> {
  const { definition, phases } = session;
  const { fullSwap } = plan;
  if (fullSwap === undefined || targetRows === undefined || !isWorthSwapping(definition, loaded, targetRows))
    return undefined;
  const compare = () =>
    rowsOf<{ readonly written: number; readonly strangers: number }>(session.connection, fullSwap.compare);
  const [found] = await resumable(session, 'verify', () => phases.run('verify', compare));
  const { written, strangers } = found!;
  if (strangers > 0 || !isWorthSwapping(definition, written, targetRows)) return undefined;
  phases.say('verify', 'progress', 0, {
    message: `${written} of ${targetRows} rows changed: the table is swapped`,
  });
  try {
    await takePlace(session, plan, target, fullSwap.strangers);
    return { written, deleted: 0 };
  } catch (error) {
    // A view over the table may be somebody else's.
    if (error instanceof StrangersCame || (error as { code?: string }).code === NO_PRIVILEGE) return undefined;
    throw error;
  }
}
