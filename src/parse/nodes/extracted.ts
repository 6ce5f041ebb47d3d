import type { Extraction } from '../templating/templates.ts';
import type { WritableNode } from '../types.ts';

/** Writes what rendering asked for into the node; what was there stays in front. */
export function addExtraction(node: WritableNode, extraction: Extraction): void {
  if (node.resource_type === 'seed') {
    node.depends_on = { macros: merged(node.depends_on.macros, extraction.macros) };
    return;
  }
  node.refs = [...node.refs, ...extraction.refs];
  node.sources = [...node.sources, ...extraction.sources];
  node.metrics = [...node.metrics, ...extraction.metrics];
  node.functions = [...node.functions, ...extraction.functions];
  node.depends_on = { ...node.depends_on, macros: merged(node.depends_on.macros, extraction.macros) };
}

function merged(before: readonly string[], more: readonly string[]): readonly string[] {
  return more.length === 0 ? before : [...new Set([...before, ...more])];
}
