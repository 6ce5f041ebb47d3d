import { TsdbtError } from '../../error/index.ts';
import { fqnOf } from '../files/paths.ts';
import { draftNode, draftOf, type NodeParts } from '../nodes/sql-nodes.ts';
import type { Templates } from '../templating/templates.ts';
import type { Draft } from '../types.ts';
import type { Entry } from './schema-file.ts';

/** The snapshot that YAML alone defines by its `relation`; undefined where the entry only describes one. */
export function yamlSnapshot(entry: Entry, templates: Templates, parts: NodeParts): Draft | undefined {
  const { relation } = entry.data;
  if (relation === undefined) return undefined;
  if (typeof relation !== 'string') {
    throw new TsdbtError({
      code: 'TSD1101',
      message: `snapshot '${String(entry.data.name)}': 'relation' must be ref() or source()`,
    });
  }
  const { entry: file, source } = entry.file;
  const { packageName } = file;
  const name = String(entry.data.name);
  const fqn = [...fqnOf(packageName, file.path), name];
  const node = draftNode('snapshot', fqn, parts, {
    resourceType: 'snapshot',
    name,
    packageName,
    path: `${name}.sql`,
    file: file.file,
    uniqueId: `snapshot.${packageName}.${name}`,
    fqn,
    checksum: source.checksum,
    code: `select * from {{ ${relation} }}`,
  });
  const reference = templates.reference(relation);
  if (node.resource_type !== 'seed') {
    if (reference.kind === 'ref') node.refs = [reference.ref];
    if (reference.kind === 'source') node.sources = [reference.source];
  }
  const { line } = entry.file.at([...entry.path, 'relation']);
  return draftOf(node, { file: parts.shown(file), linesBefore: line - 1 });
}
