import { TsdbtError } from '../../error/index.ts';
import type { ModelNode } from '../../model/index.ts';
import type { Problems } from '../problems.ts';
import type { Found, Writable, WritableNode } from '../types.ts';
import { placeOfCall } from './place.ts';

/** Who may refer to whom: private models only within their group. Groups must exist; a public model cannot be ephemeral. */
export function checkAccess(found: Found, problems: Problems): void {
  const groups = new Set([...found.groups.values()].map((group) => group.name));
  for (const { node, origin } of found.nodes.values()) {
    if (node.resource_type === 'seed') continue;
    for (const id of node.depends_on.nodes) {
      const target = found.nodes.get(id)?.node;
      if (target?.resource_type !== 'model' || !isForbidden(node, target)) continue;
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

function isForbidden(node: WritableNode, target: Writable<ModelNode>): boolean {
  if (target.access !== 'private' || node.resource_type === 'sql_operation') return false;
  return !node.group || node.group !== target.group;
}

function forbidden(id: string, target: Writable<ModelNode>, at: TsdbtError['at']): TsdbtError {
  return new TsdbtError({
    code: 'TSD1103',
    message: `Node ${id} attempted to reference node ${target.unique_id}, which is not allowed because the referenced node is private to the '${target.group ?? 'None'}' group.`,
    at,
    hint: `give both the same group, or ${target.unique_id} the access protected`,
  });
}
