import type { ResourceType } from '../../model/index.ts';
import { matchesWildcard } from '../wildcard.ts';
import { invalidValue, type Matcher, type Search, textOf } from './search.ts';

const UNGROUPED: readonly string[] = ['source', 'exposure', 'unit_test', 'semantic_model', 'saved_query', 'function'];
const TYPES: readonly string[] = [
  'model',
  'analysis',
  'test',
  'snapshot',
  'operation',
  'seed',
  'rpc',
  'sql_operation',
  'doc',
  'source',
  'macro',
  'exposure',
  'metric',
  'group',
  'saved_query',
  'semantic_model',
  'unit_test',
  'fixture',
  'function',
  'sync',
];

export function byTag(search: Search): Matcher {
  const wanted = textOf(search);
  return (node) => {
    const { tags, config } = node as { tags?: readonly string[]; config?: { tags?: readonly string[] } };
    return (tags ?? config?.tags ?? []).some((tag) => matchesWildcard(tag, wanted));
  };
}

export function byGroup(search: Search): Matcher {
  const wanted = textOf(search);
  return (node) => {
    if (UNGROUPED.includes(node.resource_type)) return false;
    const group = (node as { config?: { group?: string | null } }).config?.group;
    return typeof group === 'string' && group !== '' && matchesWildcard(group, wanted);
  };
}

export function byAccess(search: Search): Matcher {
  const wanted = textOf(search);
  return (node) => node.resource_type === 'model' && (node as { access?: string }).access === wanted;
}

export function byPackage(search: Search): Matcher {
  const wanted = textOf(search);
  const name = wanted === 'this' ? search.projectName : wanted;
  return (node) => matchesWildcard(node.package_name, name);
}

export function byResourceType(search: Search): Matcher {
  const wanted = textOf(search);
  if (!TYPES.includes(wanted)) throw invalidValue(`Invalid resource_type selector "${wanted}"`);
  return (node) => node.resource_type === wanted;
}

/** `source`, `source.table` or `package.source.table`. */
export function bySource(search: Search): Matcher {
  const parts = textOf(search).split('.');
  if (parts.length > 3) {
    throw invalidValue(
      `Invalid source selector value "${textOf(search)}". Sources must be of the form \`\${source_name}\`, \`\${source_name}.\${target_name}\`, or \`\${package_name}.\${source_name}.\${target_name}\``,
    );
  }
  const [packageName, source, table] =
    parts.length === 3 ? parts : parts.length === 2 ? ['*', ...parts] : ['*', parts[0], '*'];
  return (node) =>
    node.resource_type === 'source' &&
    matchesWildcard(node.package_name, packageName as string) &&
    matchesWildcard((node as { source_name: string }).source_name, source as string) &&
    matchesWildcard(node.name, table as string);
}

/** `name` or `package.name` of one resource type. */
export function byPackageAndName(type: ResourceType): (search: Search) => Matcher {
  return (search) => {
    const parts = textOf(search).split('.');
    if (parts.length > 2) {
      const words = type.replaceAll('_', ' ');
      throw invalidValue(
        `Invalid ${words} selector value "${textOf(search)}". It must be of the form \${${type}_name} or \${${type}_package.${type}_name}`,
      );
    }
    const name = parts.at(-1) as string;
    const packageName = parts.length === 2 ? (parts[0] as string) : '*';
    return (node) =>
      node.resource_type === type &&
      matchesWildcard(node.package_name, packageName) &&
      matchesWildcard(node.name, name);
  };
}
