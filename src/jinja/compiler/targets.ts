import * as nodes from '../syntax/nodes.ts';
import type { Emitter } from './emitter.ts';
import type { Frame } from './frame.ts';

/** A statement that assigns the JavaScript expression `value` to a target, taking tuples apart. */
export function storeTo(c: Emitter, target: nodes.Expr, frame: Frame, value: string): string {
  if (target instanceof nodes.Name) return `${storeName(c, target, frame)}=${value};`;
  if (target instanceof nodes.NSRef) {
    return `R.setNamespace(${frame.symbols.ref(target.name)},${JSON.stringify(target.attr)},${value});`;
  }
  const items = c.temporary();
  const parts = (target as nodes.Tuple).items;
  const stores = parts.map((part, i) => storeTo(c, part, frame, `${items}[${i}]`));
  return `${items}=R.unpack(${value},${parts.length});${stores.join('')}`;
}

function storeName(c: Emitter, node: nodes.Name, frame: Frame): string {
  if (node.ctx === 'store' && (frame.toplevel || frame.loopFrame || frame.blockFrame)) {
    c.assigned.at(-1)?.add(node.name);
  }
  return c.variable(frame.symbols.ref(node.name));
}
