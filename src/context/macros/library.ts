import type { Flags, MacroNode, NodeMap, Package } from '../../model/index.ts';
import type { Dialect, FoundMacro, MacroLibrary } from '../types.ts';
import { type DispatchLookup, dispatchMacro } from './dispatch.ts';
import { indexMacros, type MacroIndex } from './index-by-name.ts';
import { ProjectMacro } from './macro.ts';
import { pickMaterialization } from './materialization.ts';
import { staticDependencies } from './static-calls.ts';

export interface MacroLibraryInput {
  readonly macros: NodeMap<MacroNode>;
  readonly rootPackage: Package;
  readonly dialect: Dialect;
  /** Installed packages; those without macros count for `dispatch` too. */
  readonly packages?: readonly Package[];
  readonly flags?: Flags;
  /** The line of its file a macro's text begins at; 1 where not given. */
  readonly firstLineOf?: (uniqueId: string) => number | undefined;
}

/** All macros of an invocation by their names. Nothing is compiled before its first call. */
export function createMacroLibrary(input: MacroLibraryInput): MacroLibrary {
  const root = input.rootPackage.name;
  const { dialect } = input;
  const index = indexMacros(Object.values(input.macros), root, dialect.internalPackages);
  const wrap = wrapper(input);
  const lookup = (fromPackage: string | null): DispatchLookup => ({
    prefixes: dialect.dispatchPrefixes,
    root: input.rootPackage,
    isPackage: packageTest(index, input.packages ?? []),
    find: (name, packageName) => wrap(packageName === null ? plain(name, fromPackage) : within(name, packageName)),
  });
  const plain = (name: string, fromPackage: string | null): MacroNode | undefined =>
    index.of(fromPackage ?? root).get(name) ?? index.of(root).get(name) ?? index.internal(name);
  const within = (name: string, packageName: string): MacroNode | undefined => {
    if (packageName === 'dbt') return index.internal(name);
    return index.isNamespace(packageName) ? index.of(packageName).get(name) : undefined;
  };

  return {
    find(name, fromPackage) {
      const dot = name.indexOf('.');
      return wrap(dot < 0 ? plain(name, fromPackage) : within(name.slice(dot + 1), name.slice(0, dot)));
    },
    findSpecial(name, nodePackage) {
      const imported = nodePackage === root || index.isInternal(nodePackage) ? undefined : nodePackage;
      return wrap((imported && index.of(imported).get(name)) || index.of(root).get(name) || index.internal(name));
    },
    findMaterialization: (name) =>
      wrap(
        pickMaterialization(name, {
          rootName: root,
          prefixes: dialect.dispatchPrefixes,
          isInternal: index.isInternal,
          named: index.named,
          explicitOverridesOnly:
            input.flags?.['require_explicit_package_overrides_for_builtin_materializations'] !== false,
        }),
      ),
    dispatch: (name, namespace, fromPackage) => dispatchMacro(name, namespace, lookup(fromPackage)),
    dependenciesOf(macroSql, fromPackage, calls) {
      const idOf = (name: string, packageName: string) =>
        (index.of(packageName).get(name) ?? index.anywhere(name))?.unique_id;
      const find = (name: string, packageName: string | null) =>
        wrap(packageName === null ? index.anywhere(name) : within(name, packageName));
      const dispatch = (name: string, namespace: string | null) =>
        dispatchMacro(name, namespace, { ...lookup(fromPackage), find });
      return staticDependencies(macroSql, { idOf, fromPackage, dispatch }, calls);
    },
    namesIn: (packageName) => {
      if (packageName === 'dbt') return dialect.internalPackages.flatMap((name) => [...index.of(name).keys()]);
      return index.isNamespace(packageName) ? [...index.of(packageName).keys()] : undefined;
    },
  };
}

/** One object for each macro, so that each is compiled once. */
function wrapper(input: MacroLibraryInput): (node: MacroNode | undefined) => FoundMacro | undefined {
  const wrapped = new Map<MacroNode, ProjectMacro>();
  return (node) => {
    if (!node) return undefined;
    let macro = wrapped.get(node);
    if (!macro) {
      macro = new ProjectMacro(node, input.firstLineOf?.(node.unique_id) ?? 1);
      wrapped.set(node, macro);
    }
    return macro;
  };
}

function packageTest(index: MacroIndex, packages: readonly Package[]): (name: string) => boolean {
  return (name) =>
    index.isNamespace(name) || index.isInternal(name) || packages.some((installed) => installed.name === name);
}
