import { type Data, type DataMap, isDataMap, PlainDate } from '../../util/data.ts';

type Path = readonly (string | number)[];
/** `isSetting`: below `config` or `meta`. */
export type RenderText = (text: string, isSetting: boolean) => Data;

/**
 * An entry of a properties file with its templates rendered, but for what dbt renders later: descriptions, tests,
 * hooks, queries. `section` is the key of the file the entry stands under, such as `models`.
 */
export function renderedEntry(section: string, entry: DataMap, render: RenderText): DataMap {
  return renderMap(section, entry, [], render);
}

function renderMap(section: string, value: DataMap, path: Path, render: RenderText): DataMap {
  const result: Record<string, Data> = {};
  for (const [key, item] of Object.entries(value)) result[key] = renderValue(section, item, [...path, key], render);
  return result;
}

function renderValue(section: string, value: Data, path: Path, render: RenderText): Data {
  if (Array.isArray(value)) return value.map((item, index) => renderValue(section, item, [...path, index], render));
  if (isDataMap(value)) return renderMap(section, value, path, render);
  if (typeof value === 'string') return isRenderedNow(section, path) ? render(value, isSetting(path)) : value;
  return value instanceof PlainDate && isRenderedNow(section, path) ? value.toJSON() : value;
}

const isSetting = (path: Path): boolean => path.includes('config') || path.includes('meta');

// Block texts and escapes may end in a newline, which rendering drops; a date becomes text.
const CHANGED = /\{[{%#]|[#}%]\}|[|>][-+\d]*[ \t]*(?:#.*)?$|\\n|\d{4}-\d\d?-\d\d?/m;

/** Whether rendering could change anything in a file. */
export function mayChange(text: string): boolean {
  return CHANGED.test(text);
}

const TEMPLATE = /\{[{%#]|[#}%]\}/;

/** Whether rendering could change the text. */
export function hasTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

/** dbt's rule of which strings of an entry are rendered while reading it. */
function isRenderedNow(section: string, path: Path): boolean {
  const [first, second] = path;
  const last = path.at(-1);
  const beforeLast = path.at(-2);
  switch (section) {
    case 'sources':
      if (first === 'description' || first === 'loaded_at_query') return false;
      if (first === 'config' && second === 'loaded_at_query') return false;
      return first !== 'tables' || !isLater(path.slice(2));
    case 'macros':
      return !isLater(first === 'arguments' ? path.slice(1) : path);
    case 'metrics':
      return last !== 'filter' && beforeLast !== 'filter' && !isLater(path);
    case 'saved_queries':
      return !(first === 'query_params' && second === 'where') && !isLater(path);
    default:
      if (first === 'metrics' && (last === 'filter' || beforeLast === 'filter')) return false;
      return !isLater(path);
  }
}

const LATER = new Set<string | number | undefined>(['tests', 'data_tests', 'description']);
const LISTS = new Set<string | number | undefined>(['columns', 'dimensions', 'measures', 'entities', 'metrics']);

function isLater(path: Path): boolean {
  const [first, second, third, fourth, fifth] = path;
  if (LATER.has(first) || first === 'loaded_at_query') return true;
  if (path.length === 2 && (LATER.has(second) || second === 'loaded_at_query')) return true;
  if (first === 'config' && (second === 'pre_hook' || second === 'post_hook' || second === 'loaded_at_query'))
    return true;
  if (path.length === 5 && fifth === 'description') return true;
  if (first === 'versions' && (LATER.has(third) || (third === 'columns' && LATER.has(fifth)))) return true;
  if (LISTS.has(first) && LATER.has(third)) return true;
  return first === 'derived_semantics' && (second === 'dimensions' || second === 'entities') && LATER.has(fourth);
}
