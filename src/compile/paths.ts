import { basename, join } from 'node:path/posix';

interface Written {
  readonly resource_type: string;
  readonly name: string;
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  /** Of one batch of a microbatch model. */
  readonly batch?: unknown;
}

/** Where a node's compiled or executed SQL is kept below the target folder; one file for each node, as dbt names them. */
export function writtenPath(kind: 'compiled' | 'run', node: Written): string {
  return join(kind, node.package_name, ownPath(node));
}

/** A file that holds one node gives its name; of several nodes in a file, and of snapshots, each gets a file below that name; batches a folder. */
function ownPath(node: Written): string {
  const file = node.original_file_path;
  if (node.batch != null) return join(file.replace(/\.[^./]+$/, ''), basename(node.path));
  if (node.resource_type === 'snapshot') return join(file, `${node.name}.sql`);
  return basename(node.path) === basename(file) ? file : join(file, node.path);
}
