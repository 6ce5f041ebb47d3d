import type { SelectorDefinition } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';

/** The selectors of selectors.yml as the manifest shows them: short forms written out. */
export function manifestSelectors(selectors: readonly SelectorDefinition[]): DataMap {
  return Object.fromEntries(
    selectors.map(({ name, written, definition }) => [name, { ...written, definition: expanded(definition) }]),
  );
}

function expanded(definition: Data): Data {
  if (typeof definition === 'string') return fromText(definition);
  if (!isDataMap(definition)) return definition;
  for (const kind of ['union', 'intersection'] as const) {
    const list = definition[kind];
    if (Array.isArray(list)) return { [kind]: list.map(expanded) };
  }
  const [first] = Object.entries(definition);
  if (first === undefined) return definition;
  const [key, written] = first;
  const value = Array.isArray(written) ? written.map(expanded) : written;
  if (key === 'exclude') return { exclude: value };
  return Object.keys(definition).length === 1 ? { method: key, value } : definition;
}

const SPEC = /^(@)?((\d*)\+)?(?:([\w.]+):)?(.*?)(\+(\d*))?$/;

/** A selector in the grammar of the command line as a map; depths stay text, as in dbt. */
function fromText(text: string): DataMap {
  const [, at, parents, above, method, value = '', children, below] = SPEC.exec(text) ?? [];
  return {
    ...(at !== undefined && { childrens_parents: true }),
    ...(parents !== undefined && { parents: true }),
    ...(above && { parents_depth: above }),
    method: method ?? defaultMethod(value),
    ...(value !== '' && { value }),
    ...(children !== undefined && { children: true }),
    ...(below && { children_depth: below }),
  };
}

function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(sql|py|csv)$/.test(value) ? 'file' : 'fqn';
}
