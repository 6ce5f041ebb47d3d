import type { Data } from '../../util/data.ts';
import { compilationProblem } from '../problem.ts';
import type { ContextEnvironment } from '../types.ts';

/** Says a warning, or raises it where --warn-error or warn_error_options make an error of it. */
export function warnOrRaise(
  { emit, flags }: Pick<ContextEnvironment, 'emit' | 'flags'>,
  name: string,
  data: Readonly<Record<string, Data>>,
  text: string,
): void {
  const options = flags['warn_error_options'] as WarnErrorOptions | null | undefined;
  if (listed(options?.silence, name)) return;
  if (isError(flags['warn_error'] === true, options, name)) throw compilationProblem(text, 'TSD2003');
  emit({ name, data, level: 'warn' });
}

interface WarnErrorOptions {
  readonly error?: Data;
  readonly include?: Data;
  readonly warn?: Data;
  readonly exclude?: Data;
  readonly silence?: Data;
}

function isError(always: boolean, options: WarnErrorOptions | null | undefined, name: string): boolean {
  if (listed(options?.warn ?? options?.exclude, name)) return false;
  return always || listed(options?.error ?? options?.include, name);
}

function listed(names: Data | undefined, name: string): boolean {
  if (names === 'all' || names === '*') return true;
  return Array.isArray(names) && names.includes(name);
}
