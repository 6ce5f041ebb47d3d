import { hasWildcard, matchesWildcard } from '../wildcard.ts';
import { type Matcher, type Search, textOf } from './search.ts';

/** A name, a dotted path from the package or from below it, or a folder of one; with wildcards the rest of the path. */
export function byFqn(search: Search): Matcher {
  const wanted = textOf(search);
  return (node) => {
    if (node.resource_type === 'source' || !('fqn' in node)) return false;
    const fqn = node.fqn as readonly string[];
    const isVersioned = node.resource_type === 'model' && (node as { version?: unknown }).version != null;
    return matchesFqn(fqn, wanted, isVersioned) || matchesFqn(fqn.slice(1), wanted, isVersioned);
  };
}

function matchesFqn(fqn: readonly string[], wanted: string, isVersioned: boolean): boolean {
  if (isNamed(fqn, wanted, isVersioned)) return true;
  const flat = fqn.flatMap((part) => part.split('.'));
  const parts = wanted.split('.');
  if (flat.length < parts.length) return false;
  const wild = parts.findIndex(hasWildcard);
  const fixed = wild === -1 ? parts : parts.slice(0, wild);
  if (fixed.some((part, index) => flat[index] !== part)) return false;
  if (wild === -1) return true;
  if (matchesWildcard(flat.slice(wild).join('.'), parts.slice(wild).join('.'))) return true;
  // A pattern without dots also means the name alone, however deep the node lies.
  return parts.length === 1 && matchesWildcard(nameOf(fqn, isVersioned), wanted);
}

/** A versioned model answers to its name, to `name_v1` and to `name.v1`. */
function isNamed(fqn: readonly string[], wanted: string, isVersioned: boolean): boolean {
  if (nameOf(fqn, isVersioned) === wanted) return true;
  return isVersioned && fqn.slice(-2).join('_') === wanted.split('.').slice(-2).join('_');
}

function nameOf(fqn: readonly string[], isVersioned: boolean): string {
  return fqn.at(isVersioned ? -2 : -1) ?? '';
}
