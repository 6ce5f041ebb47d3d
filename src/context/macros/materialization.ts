import type { MacroNode } from '../../model/index.ts';

interface Candidate {
  readonly macro: MacroNode;
  /** 3 root, 2 installed package, 1 built-in. */
  readonly locality: number;
}

interface MaterializationLookup {
  readonly rootName: string;
  readonly prefixes: readonly string[];
  isInternal(packageName: string): boolean;
  named(name: string): readonly MacroNode[];
  /** The behaviour flag require_explicit_package_overrides_for_builtin_materializations. */
  readonly explicitOverridesOnly: boolean;
}

/**
 * The macro that builds nodes of that materialization. The most specific adapter wins over the nearest package; an installed
 * package may bring new materializations, but replaces a built-in one only where the root project says so.
 */
export function pickMaterialization(name: string, lookup: MaterializationLookup): MacroNode | undefined {
  const candidates = lookup.prefixes.flatMap((prefix) => candidatesFor(`materialization_${name}_${prefix}`, lookup));
  const best = candidates[0];
  if (best?.locality !== 2 || !lookup.explicitOverridesOnly) return best?.macro;
  if (!candidates.some((candidate) => candidate.locality === 1)) return best.macro;
  return candidates.find((candidate) => candidate.locality !== 2)?.macro;
}

function candidatesFor(macroName: string, lookup: MaterializationLookup): readonly Candidate[] {
  const found = lookup.named(macroName).map((macro): Candidate => ({ macro, locality: localityOf(macro, lookup) }));
  return found.sort((a, b) => b.locality - a.locality);
}

function localityOf(macro: MacroNode, lookup: MaterializationLookup): number {
  if (macro.package_name === lookup.rootName) return 3;
  return lookup.isInternal(macro.package_name) ? 1 : 2;
}
