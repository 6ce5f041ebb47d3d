import type { MacroNode } from '../../model/index.ts';

type ByName = ReadonlyMap<string, MacroNode>;
const NONE: ByName = new Map();

/** Macros in the orders dbt looks them up in. Built once for an invocation. */
export interface MacroIndex {
  /** Of one package; empty for one without macros. */
  of(packageName: string): ByName;
  /** Of the built-in packages together; the adapter's hide dbt's. */
  internal(name: string): MacroNode | undefined;
  /** Packages that are not built in and hold macros, the root's among them. */
  isNamespace(packageName: string): boolean;
  /** Root before installed packages before built-in: where no asking package counts. */
  anywhere(name: string): MacroNode | undefined;
  isInternal(packageName: string): boolean;
  /** All of one name, whatever the package. */
  named(name: string): readonly MacroNode[];
}

export function indexMacros(
  macros: Iterable<MacroNode>,
  rootName: string,
  internalPackages: readonly string[],
): MacroIndex {
  const packages = new Map<string, Map<string, MacroNode>>();
  for (const macro of macros) {
    const known = packages.get(macro.package_name);
    if (known) known.set(macro.name, macro);
    else packages.set(macro.package_name, new Map([[macro.name, macro]]));
  }
  const of = (name: string): ByName => packages.get(name) ?? NONE;
  const internals = internalPackages.map(of);
  const installed = [...packages.keys()].filter((name) => name !== rootName && !internalPackages.includes(name));
  const internal = (name: string) => firstOf(internals, name);
  return {
    of,
    internal,
    isNamespace: (name) => name === rootName || installed.includes(name),
    isInternal: (name) => internalPackages.includes(name),
    named: (name) => [...packages.values()].flatMap((byName) => byName.get(name) ?? []),
    // Of installed packages the last one wins, as dbt overwrites while it goes through them.
    anywhere: (name) => of(rootName).get(name) ?? firstOf(installed.map(of).reverse(), name) ?? internal(name),
  };
}

function firstOf(maps: readonly ByName[], name: string): MacroNode | undefined {
  for (const map of maps) {
    const found = map.get(name);
    if (found) return found;
  }
  return undefined;
}
