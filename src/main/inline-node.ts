import type { OperationNode } from '../model/index.ts';

/** A statement of the command line as a node; it may ref() whatever there is. */
export async function inlineNode(packageName: string, sql: string): Promise<OperationNode> {
  const { bareNode } = await import('../compile/index.ts');
  const node = bareNode(`sql_operation.${packageName}.inline_query`, packageName, 'from remote system.sql', sql);
  return { ...node, resource_type: 'sql_operation', path: 'sql/inline_query' };
}
