import type { DocNode } from '../../model/index.ts';
import type { FileEntry } from '../files/discover.ts';

/** A docs block as the manifest shows it. */
export function docNode(entry: FileEntry, name: string, contents: string): DocNode {
  return {
    name,
    resource_type: 'doc',
    package_name: entry.packageName,
    path: entry.path,
    original_file_path: entry.file,
    unique_id: `doc.${entry.packageName}.${name}`,
    block_contents: contents,
  };
}
