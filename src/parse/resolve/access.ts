import { TsdbtError } from '../../error/index.ts';
import type { ModelNode, Package } from '../../model/index.ts';
import type { Problems } from '../problems.ts';
import type { Found, Writable, WritableNode } from '../types.ts';
import { placeOfCall } from './place.ts';

/**
 * Who may refer to whom: private models only within their group, all but public ones only within a package that restricts
 * access. Groups must exist; a public model cannot be ephemeral.
 */
export function checkAccess(found: Found, packages: readonly Package[], problems: Problems): void {
  const groups = new Set([...found.groups.values()].map((group) => group.name));
  const restricted = new Set(packages.filter((each) => each.restrictAccess).map((each) => each.name));
  for (const { node, origin } of found.nodes.values()) {
    if (node.resource_type === 'seed') continue;
    for (const id of node.depends_on.nodes) {
      const target = found.nodes.get(id)?.node;
      if (target?.resource_type !== 'model' || node.resource_type === 'sql_operation') continue;
      const isOutside = node.package_name !== target.package_name && restricted.has(target.package_name);
      if (!isForbidden(node, target, isOutside)) continue;
      problems.add(forbidden(node.unique_id, target, placeOfCall(node.raw_code, origin, 'ref', target.name)));
    }
  }
  for (const exposure of found.exposures.values()) {
    for (const id of exposure.depends_on.nodes) {
      const target = found.nodes.get(id)?.node;
      if (target?.resource_type !== 'model' || target.access !== 'private') continue;
      problems.add(forbidden(exposure.unique_id, target, found.places.get(exposure.unique_id)?.()));
    }
  }
  for (const { node, origin } of found.nodes.values()) {
    const at = { file: origin.file, line: origin.linesBefore + 1, col: 0 };
    if (node.group && !groups.has(node.group)) {
      const expected = [...groups].sort().map((name) => `'${name}'`);
      problems.add({
        code: 'TSD1101',
        message: `Invalid group '${node.group}', expected one of [${expected.join(', ')}]`,
        at,
        hint: `${node.unique_id} names it`,
      });
    }
    if (node.resource_type === 'model' && node.access === 'public' && node.config.materialized === 'ephemeral') {
      problems.add({
        code: 'TSD1101',
        message: `Node ${node.unique_id} with 'ephemeral' materialization has an invalid value (public) for the access field`,
        at,
      });
    }
  }
}

function isForbidden(node: WritableNode, target: Writable<ModelNode>, isOutside: boolean): boolean {
  if (target.access === 'protected') return isOutside;
  return target.access === 'private' && (!node.group || node.group !== target.group || isOutside);
}

function forbidden(id: string, target: Writable<ModelNode>, at: TsdbtError['at']): TsdbtError {
  const isPrivate = target.access === 'private';
  const owner = isPrivate ? `'${target.group ?? 'None'}' group` : `'${target.package_name}' package`;
  return new TsdbtError({
    code: 'TSD1103',
    message: `Node ${id} attempted to reference node ${target.unique_id}, which is not allowed because the referenced node is ${target.access} to the ${owner}.`,
    at,
    hint: isPrivate
      ? `give both the same group, or ${target.unique_id} the access protected`
      : `${target.package_name} restricts access: give ${target.unique_id} the access public`,
  });
}
