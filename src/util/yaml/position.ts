import type { Node, Pair } from 'yaml';
import type { At } from '../../error/index.ts';
import { parseDocument, yamlPackage } from './document.ts';
import { keyText, resolvePlain } from './scalar.ts';

export type YamlPath = readonly (string | number)[];

/**
 * Where the value at `path` stands: a scalar itself, of a collection its key; as far as the path exists.
 * Parses the text again, so that only errors pay for positions.
 */
export function positionOf(text: string, file: string, path: YamlPath): At {
  const yaml = yamlPackage();
  const { document, place } = parseDocument(text, file);
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    if (yaml.isAlias(node)) node = (node.resolve(document) ?? null) as Node | null;
    if (yaml.isMap(node)) {
      const pair = node.items.find((item) => keyOf(item as Pair) === String(step)) as Pair | undefined;
      if (pair === undefined) break;
      node = pair.value as Node | null;
      offset = ((yaml.isScalar(node) && node.range) || (pair.key as Node).range)?.[0] ?? offset;
    } else if (yaml.isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) break;
      node = item;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return { file, ...place(offset) };
}

function keyOf(pair: Pair): string {
  const key = pair.key as Node;
  if (!yamlPackage().isScalar(key)) return '';
  const text = String(key.value);
  return key.type === 'PLAIN' ? keyText(resolvePlain(text)) : text;
}
