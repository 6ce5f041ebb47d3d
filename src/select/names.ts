import type { GraphMember } from '../graph/index.ts';

/** The text that selects just this node: what `ls` prints by default. */
export function selectorName(node: GraphMember): string {
  switch (node.resource_type) {
    case 'source':
      return `source:${node.package_name}.${(node as { source_name: string }).source_name}.${node.name}`;
    case 'exposure':
    case 'metric':
    case 'saved_query':
    case 'semantic_model':
      return `${node.resource_type}:${node.package_name}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.package_name}.${versionedName(node, '_v')}`;
    default:
      return (node as { fqn: readonly string[] }).fqn.join('.');
  }
}

/** What `ls --output name` prints. */
export function searchName(node: GraphMember): string {
  if (node.resource_type === 'source') return `${(node as { source_name: string }).source_name}.${node.name}`;
  return node.resource_type === 'model' ? versionedName(node, '.v') : node.name;
}

function versionedName(node: GraphMember, separator: string): string {
  const { version } = node as { version?: string | number | null };
  return version == null ? node.name : `${node.name}${separator}${version}`;
}
