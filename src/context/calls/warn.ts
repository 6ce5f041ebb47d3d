import type { Data } from '../../util/data.ts';
import { fateOfWarning } from '../../util/warn-error.ts';
import { compilationProblem } from '../problem.ts';
import type { ContextEnvironment } from '../types.ts';

/** Says a warning, or raises it where --warn-error or warn_error_options make an error of it. */
export function warnOrRaise(
  { emit, flags }: Pick<ContextEnvironment, 'emit' | 'flags'>,
  name: string,
  data: Readonly<Record<string, Data>>,
  text: string,
): void {
  const fate = fateOfWarning(flags, name);
  if (fate === 'raised') throw compilationProblem(text, 'TSD2003');
  if (fate === 'said') emit({ name, data, level: 'warn' });
}
