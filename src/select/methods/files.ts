import { matchesGlob, matchesWildcard } from '../wildcard.ts';
import { type Matcher, type Search, textOf } from './search.ts';

/** A pattern from the project's root: the node's file, the file of its properties, or a folder above the node's file. */
export function byPath(search: Search): Matcher {
  const pattern = textOf(search);
  return (node) => {
    const { patch_path: patch } = node as { patch_path?: string | null };
    const candidates = withFolders(node.original_file_path);
    if (typeof patch === 'string') candidates.push(patch.split('://')[1] ?? '');
    return candidates.some((path) => matchesGlob(path, pattern));
  };
}

/** The name of the node's file, with or without its extension. */
export function byFile(search: Search): Matcher {
  const pattern = textOf(search);
  return (node) => {
    const name = node.original_file_path.split('/').at(-1) ?? '';
    return matchesWildcard(name, pattern) || matchesWildcard(name.replace(/(?<=.)\.[^.]*$/, ''), pattern);
  };
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
