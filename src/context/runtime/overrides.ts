import type { Step, Value } from '../../jinja/index.ts';
import type { DataMap } from '../../util/data.ts';
import { MacroStack } from '../macros/call-stack.ts';
import { lazyValue } from '../node-data.ts';
import type { FoundMacro, MacroLibrary } from '../types.ts';

/**
 * The library of a unit test: the macros it names give the value it says. `is_incremental` and `dbt.is_incremental` mean the
 * same macro; a name with a package means that package's.
 */
export function withOverrides(library: MacroLibrary, overrides: DataMap | undefined): MacroLibrary {
  if (!overrides || Object.keys(overrides).length === 0) return library;
  const fixed = new Map<string, FoundMacro>();
  const replace = (macro: FoundMacro | undefined, name: string): FoundMacro | undefined => {
    if (!macro) return undefined;
    const bare = name.slice(name.indexOf('.') + 1);
    const key = [name, bare, `dbt.${bare}`].find((candidate) => Object.hasOwn(overrides, candidate));
    if (key === undefined) return macro;
    const known = fixed.get(macro.uniqueId) ?? constant(macro, lazyValue(overrides[key]));
    fixed.set(macro.uniqueId, known);
    return known;
  };
  return { ...library, find: (name, fromPackage) => replace(library.find(name, fromPackage), name) };
}

function constant(macro: FoundMacro, value: Value): FoundMacro {
  return {
    uniqueId: macro.uniqueId,
    packageName: macro.packageName,
    // biome-ignore lint/correctness/useYield: nothing to wait for
    *call(scope): Step<Value> {
      const stack = scope.lookup('context_macro_stack');
      if (stack instanceof MacroStack) {
        stack.enter(macro.uniqueId);
        stack.leave();
      }
      return value;
    },
  };
}
