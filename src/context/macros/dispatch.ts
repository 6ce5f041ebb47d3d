import type { Package } from '../../model/index.ts';
import { compilationProblem } from '../problem.ts';
import type { FoundMacro } from '../types.ts';

/** What dispatch needs of the look-ups. */
export interface DispatchLookup {
  readonly prefixes: readonly string[];
  readonly root: Package;
  /** Whether it is the root's or an installed or built-in package. */
  isPackage(name: string): boolean;
  /** null: as a plain name would be found. */
  find(name: string, packageName: string | null): FoundMacro | undefined;
}

/** `adapter.dispatch`: in each package of the search order the adapter's own macro, then its parents', then `default__`. */
export function dispatchMacro(name: string, namespace: string | null, lookup: DispatchLookup): FoundMacro {
  if (name.includes('.')) throw dottedName(name);
  const attempts: string[] = [];
  for (const packageName of searchOrder(namespace, lookup)) {
    for (const prefix of lookup.prefixes) {
      const candidate = `${prefix}__${name}`;
      attempts.push(packageName === null ? candidate : `${packageName}.${candidate}`);
      const found = lookup.find(candidate, packageName);
      if (found) return found;
    }
  }
  const searched = attempts.map((attempt) => `'${attempt}'`).join(', ');
  throw compilationProblem(
    `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'\n    Searched for: ${searched}`,
    'TSD1103',
  );
}

function searchOrder(namespace: string | null, lookup: DispatchLookup): readonly (string | null)[] {
  if (namespace === null) return [null];
  const configured = lookup.root.dispatch.find((entry) => entry.macro_namespace === namespace);
  if (configured && configured.search_order.length > 0) return configured.search_order;
  return lookup.isPackage(namespace) ? [lookup.root.name, namespace] : [null];
}

function dottedName(name: string) {
  const [namespace, rest] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
  return compilationProblem(
    `In adapter.dispatch, got a macro name of "${name}", but "." is not a valid macro name component. ` +
      `Did you mean \`adapter.dispatch("${rest}", macro_namespace="${namespace}")\`?`,
  );
}
