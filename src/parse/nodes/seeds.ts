import { type FileEntry, nameOf } from '../files/discover.ts';
import { fqnOf } from '../files/paths.ts';
import type { Checksum } from '../files/source.ts';
import type { Draft } from '../types.ts';
import { baseNode } from './create.ts';
import { draftOf, type NodeParts } from './sql-nodes.ts';

/** A seed. Its rows stay in the file; only their hash is kept. */
export function seedDraft(entry: FileEntry, checksum: Checksum, parts: NodeParts): Draft {
  const { packageName, path, file } = entry;
  const name = nameOf(entry);
  const fqn = [...fqnOf(packageName, path), name];
  const config = parts.configs.rendered({ kind: 'seed', packageName, fqn }, {});
  const uniqueId = `seed.${packageName}.${name}`;
  const facts = { resourceType: 'seed', name, packageName, path, file, uniqueId, fqn, checksum, code: '' } as const;
  const node = baseNode(facts, config, parts.defaults);
  return draftOf(
    { ...node, resource_type: 'seed', root_path: entry.root, depends_on: { macros: [] } },
    { file: parts.shown(entry), linesBefore: 0 },
  );
}
