import type { Data } from './data.ts';

type Flags = Readonly<Record<string, Data>>;

interface WarnErrorOptions {
  readonly error?: Data;
  readonly include?: Data;
  readonly warn?: Data;
  readonly exclude?: Data;
  readonly silence?: Data;
}

/** What `--warn-error` and `warn_error_options` make of a warning of this name. */
export function fateOfWarning(flags: Flags, name: string): 'said' | 'raised' | 'silenced' {
  const options = flags['warn_error_options'] as WarnErrorOptions | null | undefined;
  if (listed(options?.silence, name)) return 'silenced';
  if (listed(options?.warn ?? options?.exclude, name)) return 'said';
  return flags['warn_error'] === true || listed(options?.error ?? options?.include, name) ? 'raised' : 'said';
}

function listed(names: Data | undefined, name: string): boolean {
  const all = Array.isArray(names) ? names : [names];
  const group = name.endsWith('Deprecation') ? 'Deprecations' : name;
  return all.some((one) => one === 'all' || one === '*' || one === name || one === group);
}
