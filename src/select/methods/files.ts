import type { GraphMember } from '../../graph/index.ts';
import { matchesGlob, matchesWildcard } from '../wildcard.ts';
import { type Matcher, type Search, textOf } from './search.ts';

/**
 * A pattern from the project's root: the node's file, the file of its properties, or a folder above the node's file. A
 * package's node is meant where the root project has a file or folder of that path, too.
 */
export function byPath(search: Search): Matcher {
  const { graph, projectName } = search;
  const pattern = textOf(search);
  const meant = new Map<string, boolean>();
  for (const id of graph.ids) {
    const node = graph.node(id);
    if (node.package_name !== projectName) continue;
    for (const path of pathsOf(node)) if (!meant.has(path)) meant.set(path, matchesGlob(path, pattern));
  }
  return (node) => pathsOf(node).some((path) => meant.get(path));
}

function pathsOf(node: GraphMember): readonly string[] {
  const { patch_path: patch } = node as { patch_path?: string | null };
  const paths = withFolders(node.original_file_path);
  if (typeof patch === 'string') paths.push(patch.split('://')[1] ?? '');
  return paths;
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
