import { TsdbtError } from '../error/index.ts';
import type { Event } from '../model/index.ts';
import { parseSelection, type SelectionArguments } from './parse.ts';
import type { SelectorSpecs, Spec } from './types.ts';

export interface SelectionChoice {
  readonly spec: Spec;
  /** Said before the selection: which default selector is used. */
  readonly events: readonly Event[];
}

/** What to select by: the named selector, else `--select` and `--exclude`, else the default selector, else everything. */
export function specFromArguments(
  given: SelectionArguments & { readonly selector?: string | undefined },
  selectors: SelectorSpecs,
): SelectionChoice {
  const isSelecting = Boolean(given.select?.length || given.exclude?.length);
  if (given.selector !== undefined) {
    const found = selectors.get(given.selector);
    if (found === undefined) throw unknownSelector(given.selector, selectors);
    return { spec: found.spec, events: [] };
  }
  const byDefault = [...selectors].find(([, { isDefault }]) => isDefault);
  if (!isSelecting && byDefault !== undefined) {
    return { spec: byDefault[1].spec, events: [{ name: 'DefaultSelector', data: { name: byDefault[0] } }] };
  }
  return { spec: parseSelection(given), events: [] };
}

function unknownSelector(name: string, selectors: SelectorSpecs): TsdbtError {
  const known = [...selectors.keys()].map((key) => `'${key}'`).join(', ');
  const hint =
    known === ''
      ? 'Write it into selectors.yml beside dbt_project.yml, which defines none.'
      : 'Name one of these, or write it into selectors.yml beside dbt_project.yml.';
  return new TsdbtError({
    code: 'TSD1007',
    message: `Could not find selector named ${name}, expected one of [${known}]`,
    // The file that would have to name it.
    at: [...selectors.values()][0]?.at,
    hint,
  });
}
