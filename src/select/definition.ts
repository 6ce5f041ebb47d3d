import { type At, TsdbtError } from '../error/index.ts';
import type { SelectorDefinition } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import { criterionFromMap, parseCriterion } from './criterion.ts';
import { group } from './parse.ts';
import type { IndirectSelection, SelectorSpecs, Spec } from './types.ts';

/** Reads all selectors of selectors.yml. Throws TSD1007 that names the selector which is wrong. */
export function parseSelectors(definitions: readonly SelectorDefinition[], indirect: IndirectSelection): SelectorSpecs {
  const specs = new Map<string, { spec: Spec; isDefault: boolean; at: At | undefined }>();
  for (const { name, definition, default: isDefault, at } of definitions) {
    specs.set(name, { spec: parseDefinition(definition, indirect), isDefault, at });
  }
  const defaults = definitions.filter((definition) => definition.default).map(({ name }) => name);
  if (defaults.length > 1) {
    throw invalid(
      `Error when parsing the selector file. Found multiple selectors with \`default: true\`:${defaults.slice(0, 2).join(' and ')}`,
    );
  }
  return specs;
}

/** The definition of one selector: a string of the command line's grammar, or a tree. */
export function parseDefinition(definition: Data, indirect: IndirectSelection): Spec {
  if (isDataMap(definition)) {
    const keys = Object.keys(definition);
    if (keys.length > 1 && (keys.includes('union') || keys.includes('intersection'))) {
      throw invalid(
        `Only a single 'union' or 'intersection' key is allowed in a root level selector definition; found ${keys.join(',')}.`,
      );
    }
  }
  return parseNode(definition, indirect);
}

function parseNode(definition: Data, indirect: IndirectSelection): Spec {
  if (typeof definition === 'string') return parseCriterion(definition, indirect);
  if (!isDataMap(definition)) {
    throw invalid(`Expected to find union, intersection, str or dict, instead found ${JSON.stringify(definition)}`);
  }
  if ('union' in definition) return parseGroup('union', definition, indirect);
  if ('intersection' in definition) return parseGroup('intersection', definition, indirect);
  return parseMap(definition, indirect);
}

function parseGroup(kind: 'union' | 'intersection', definition: DataMap, indirect: IndirectSelection): Spec {
  const entries = listOf(definition, kind);
  const excludes = entries.filter((entry): entry is DataMap => isDataMap(entry) && 'exclude' in entry);
  if (excludes.length > 1) {
    throw invalid(`You cannot provide multiple exclude arguments to the same selector set operator:\n${kind}`);
  }
  const included = entries.filter((entry) => !excludes.includes(entry as DataMap));
  const raw = JSON.stringify(definition);
  // dbt gives trees the mode `eager` between the parts, whatever the command line says; the leaves carry the mode.
  const base = group(
    kind,
    included.map((entry) => parseNode(entry, indirect)),
    raw,
    'eager',
  );
  return excludes[0] === undefined ? base : without(base, excludes[0], indirect);
}

function parseMap(definition: DataMap, indirect: IndirectSelection): Spec {
  const keys = Object.keys(definition);
  const raw = JSON.stringify(definition);
  if (keys.length === 1) {
    const method = keys[0] as string;
    return criterionFromMap({ method, value: definition[method] as Data }, raw, indirect);
  }
  if (!('method' in definition && 'value' in definition)) {
    throw invalid(`Expected either 1 key or else "method" and "value" keys, but got ${JSON.stringify(keys)}`);
  }
  const base = criterionFromMap(definition, raw, indirect);
  return 'exclude' in definition ? without(base, definition, indirect) : base;
}

function without(base: Spec, definition: DataMap, indirect: IndirectSelection): Spec {
  const excluded = listOf(definition, 'exclude').map((entry) => parseNode(entry, indirect));
  if (excluded.length === 0) return base;
  const taken = excluded.length === 1 ? (excluded[0] as Spec) : group('union', excluded, 'exclude', 'eager');
  return group('difference', [base, taken], base.raw, 'eager');
}

function listOf(definition: DataMap, key: string): readonly Data[] {
  const value = definition[key];
  if (!Array.isArray(value)) throw invalid(`Invalid value for key "${key}". Expected a list.`);
  return value as readonly Data[];
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1007', message: `Could not read selector file data: ${message}` });
}
