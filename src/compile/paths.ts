import { basename, join } from 'node:path/posix';

/** Where a node's compiled or executed SQL is kept below the target folder; one file for each node, as dbt names them. */
export function writtenPath(
  kind: 'compiled' | 'run',
  node: { readonly package_name: string; readonly path: string; readonly original_file_path: string },
): string {
  const own = basename(node.path) === basename(node.original_file_path);
  return join(kind, node.package_name, own ? node.original_file_path : join(node.original_file_path, node.path));
}
