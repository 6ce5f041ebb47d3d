import { TsdbtError } from '../../error/index.ts';
import type { Templates } from '../templating/templates.ts';
import type { WritableNode } from '../types.ts';

/** A foreign key to `ref('x')` or `source('a', 'b')` makes the model depend on it. Throws TSD1101. */
export function addConstraintReferences(node: WritableNode, templates: Templates): void {
  if (node.resource_type !== 'model') return;
  const constraints = [...node.constraints, ...Object.values(node.columns).flatMap((column) => column.constraints)];
  for (const { type, to } of constraints) {
    if (type !== 'foreign_key' || !to) continue;
    const reference = templates.reference(to);
    if (reference.kind === 'ref') node.refs = [...node.refs, reference.ref];
    else if (reference.kind === 'source') node.sources = [...node.sources, reference.source];
    else {
      throw new TsdbtError({
        code: 'TSD1101',
        message: `Invalid 'ref' or 'source' syntax on foreign key constraint 'to' on model ${node.name}: ${to}.`,
      });
    }
  }
}
