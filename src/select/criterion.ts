import { TsdbtError } from '../error/index.ts';
import type { Data, DataMap } from '../util/data.ts';
import { isMethod } from './methods/names.ts';
import type { Criterion, IndirectSelection } from './types.ts';

const PATTERN =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\d*)\+)?(?:(?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>\d*))?$/s;

/** Reads one criterion of the command line, such as `tag:nightly+1`. */
export function parseCriterion(raw: string, indirect: IndirectSelection): Criterion {
  const groups = PATTERN.exec(raw)?.groups;
  if (groups === undefined) throw invalid(`Invalid selector spec "${raw}"`);
  const value = groups['value'] ?? '';
  return checked({
    kind: 'criterion',
    raw,
    ...methodOf(groups['method'] ?? defaultMethod(value)),
    value,
    childrensParents: groups['at'] !== undefined,
    parents: groups['parents'] !== undefined,
    parentsDepth: depthOf(groups['parentsDepth']),
    children: groups['children'] !== undefined,
    childrenDepth: depthOf(groups['childrenDepth']),
    indirect,
  });
}

/** Reads the mapping form of selectors.yml: method, value and the graph operators by name. */
export function criterionFromMap(definition: DataMap, raw: string, indirect: IndirectSelection): Criterion {
  if (!('value' in definition)) throw invalid(`Invalid node spec "${raw}" - no search value!`);
  return checked({
    kind: 'criterion',
    raw,
    ...methodOf(String(definition['method'])),
    value: definition['value'] as Data,
    childrensParents: Boolean(definition['childrens_parents']),
    parents: Boolean(definition['parents']),
    parentsDepth: depthOf(definition['parents_depth']),
    children: Boolean(definition['children']),
    childrenDepth: depthOf(definition['children_depth']),
    indirect: indirectOf(definition['indirect_selection'], indirect),
  });
}

/** The shortest text that reads back as the same criterion; the method is always named. */
export function printCriterion(criterion: Criterion): string {
  const before = criterion.parents ? `${criterion.parentsDepth ?? ''}+` : '';
  const after = criterion.children ? `+${criterion.childrenDepth ?? ''}` : '';
  const method = [criterion.method, ...criterion.arguments].join('.');
  return `${criterion.childrensParents ? '@' : ''}${before}${method}:${String(criterion.value)}${after}`;
}

function checked(criterion: Criterion): Criterion {
  if (criterion.children && criterion.childrensParents) {
    throw invalid(`Invalid node spec ${criterion.raw} - "@" prefix and "+" suffix are incompatible`);
  }
  return criterion;
}

function methodOf(text: string): Pick<Criterion, 'method' | 'arguments'> {
  const [method = '', ...rest] = text.split('.');
  if (!isMethod(method)) throw invalid(`'${method}' is not a valid method name`);
  return { method, arguments: rest };
}

function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

function depthOf(value: Data | undefined): number | null {
  if (value === undefined || value === null || value === '' || value === 0) return null;
  const depth = Number(value);
  if (!Number.isInteger(depth)) throw invalid(`Invalid node spec - could not handle parent depth ${String(value)}`);
  return depth;
}

const INDIRECT: readonly string[] = ['eager', 'cautious', 'buildable', 'empty'];

function indirectOf(value: Data | undefined, fallback: IndirectSelection): IndirectSelection {
  if (value === undefined || value === null) return fallback;
  if (INDIRECT.includes(String(value))) return String(value) as IndirectSelection;
  throw invalid(`'${String(value)}' is not a valid IndirectSelection`);
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1007', message });
}
