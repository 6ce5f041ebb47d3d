import * as nodes from '../syntax/nodes.ts';
import { analyzeScope } from './analyze.ts';
import type { Emitter } from './emitter.ts';
import { compileFilter, expression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { storeTo } from './targets.ts';

export function compileAssign(c: Emitter, node: nodes.Assign, frame: Frame): void {
  c.assigned.push(new Set());
  const checked = new Set<string>();
  const references = node.target instanceof nodes.NSRef ? [node.target] : nodes.descendants(node.target, 'NSRef');
  for (const { name } of references as Iterable<nodes.NSRef>) {
    c.sameLine();
    if (!checked.has(name)) c._emitLine(`R.checkNamespace(${frame.symbols.ref(name)});`);
    checked.add(name);
  }
  c.line(node.lineno);
  c._emitLine(storeTo(c, node.target, frame, expression(c, node.node, frame)));
  exportAssigned(c, frame);
}

export function compileAssignBlock(c: Emitter, node: nodes.AssignBlock, frame: Frame): void {
  c.assigned.push(new Set());
  const inner = frame.inner();
  inner.requireOutputCheck = false;
  analyzeScope(inner.symbols, node);
  c.enter(inner);
  const buffer = c.captureOutput(inner);
  c.compileBody(node.body, inner);
  c.line(node.lineno);
  const captured = `R.concat(C,${buffer})`;
  const value = node.filter === null ? captured : compileFilter(c, node.filter as nodes.Filter, inner, captured);
  c._emitLine(storeTo(c, node.target, frame, c.escaping ? `R.safeIf(C,${value})` : value));
  exportAssigned(c, frame);
  c.leave(inner);
}

/** Makes the context know the names that a statement at the top of the template assigned. */
function exportAssigned(c: Emitter, frame: Frame): void {
  const names = c.assigned.pop()!;
  if (!frame.toplevel || frame.loopFrame || frame.blockFrame) return;
  for (const name of names) c._emitLine(`C.set(${JSON.stringify(name)},${frame.symbols.ref(name)});`);
}
