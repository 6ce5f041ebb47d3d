import * as nodes from '../syntax/nodes.ts';
import { analyzeScope, findUndeclared } from './analyze.ts';
import type { Emitter } from './emitter.ts';
import { condition, expression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { storeTo } from './targets.ts';

interface Parts {
  readonly node: nodes.For;
  readonly outer: Frame;
  readonly loop: Frame;
  readonly else_: Frame;
  /** The variable of the special `loop`, where the body uses it. */
  readonly loopVariable: string | undefined;
  /** The filter of `for … if …` as a JavaScript expression. */
  readonly test: string | undefined;
}

export function compileFor(c: Emitter, node: nodes.For, frame: Frame): void {
  for (const name of c.marks.has('loop=') ? nodes.descendants(node, 'Name') : []) {
    if (name.ctx === 'store' && name.name === 'loop') {
      c.fail("Can't assign to special loop variable in for-loop target", name.lineno);
    }
  }
  const loop = frame.inner();
  loop.loopFrame = true;
  const else_ = frame.inner();
  const extended =
    node.recursive ||
    findUndeclared(node.body, ['loop']).has('loop') ||
    (c.marks.has('block') && [...nodes.descendants(node, 'Block')].some((block) => block.scoped));
  const loopVariable = extended ? loop.symbols.parameter('loop') : undefined;
  analyzeScope(loop.symbols, node, 'body');
  if (node.else_.length > 0) analyzeScope(else_.symbols, node, 'else');
  const test = node.test === null ? undefined : testFunction(c, node, frame);
  const parts: Parts = { node, outer: frame, loop, else_, loopVariable, test };
  if (node.recursive) compileRecursive(c, parts);
  else compileLoop(c, parts, expression(c, node.iter, frame), '');
  const assigned = c.assigned.at(-1);
  if (assigned !== undefined) for (const name of loop.symbols.stores) assigned.delete(name);
}

/** The test as a generator function of one item: it may itself have to wait. */
function testFunction(c: Emitter, node: nodes.For, outer: Frame): string {
  const frame = outer.inner();
  analyzeScope(frame.symbols, node, 'test');
  c.beginFunction();
  c.enter(frame);
  c.line(node.lineno);
  c._emitLine(storeTo(c, node.target, frame, 'value'));
  c.line(node.test!.lineno);
  c._emitLine(`return ${condition(c, node.test!, frame)};`);
  const code = c.endFunction('function*(value)', 'undefined');
  const variable = c.temporary();
  c._emitLine(`${variable}=${code};`);
  return variable;
}

function compileRecursive(c: Emitter, parts: Parts): void {
  const { node, outer, loop, else_ } = parts;
  const render = c.temporary();
  c.beginFunction(['items', 'depth']);
  else_.buffer = c.captureOutput(loop);
  compileLoop(c, parts, 'items', `,${render},depth`);
  c._emitLine(`return R.concat(C,${loop.buffer});`);
  const code = c.endFunction('function*(items,depth)', 'undefined');
  c._emitLine(`${render}=${code};`);
  c.line(node.lineno);
  c._emitLine(`${outer.buffer}.push(yield* ${render}(${expression(c, node.iter, outer)},0));`);
}

function compileLoop(c: Emitter, parts: Parts, items: string, recursion: string): void {
  const { node, loop, else_, loopVariable, test } = parts;
  const value = c.temporary();
  const ran = node.else_.length > 0 ? c.temporary() : undefined;
  if (loopVariable !== undefined) c._emitLine(`${c.variable(loopVariable)}=undefined;`);
  if (ran !== undefined) c._emitLine(`${ran}=false;`);
  c.line(node.lineno);
  if (loopVariable === undefined) {
    c._emitLine(`for(${value} of R.iterate(${items})){R.step();`);
    c.lastLine = 0;
    if (test !== undefined) c._emitLine(`if(!(yield* ${test}(${value})))continue;`);
  } else {
    const context = c.temporary();
    c._emitLine(`${context}=R.loop(C,${items},${test ?? 'undefined'}${recursion});`);
    c._emitLine(`while(${context}.quick()||(yield* ${context}.advance())){R.step();${value}=${context}.current;`);
    c.lastLine = 0;
    c._emitLine(`${loopVariable}=${context};`);
  }
  // Taking the item apart may fail, on the line of the loop again.
  if (!(node.target instanceof nodes.Name)) c.line(node.lineno);
  c._emitLine(storeTo(c, node.target, loop, value));
  c.enter(loop);
  c.loopDepth++;
  c.compileBody(node.body, loop);
  c.loopDepth--;
  c._emitLine(ran === undefined ? '}' : `${ran}=true;}`);
  c.lastLine = 0;
  c.leave(loop);
  if (ran === undefined) return;
  c._emitLine(`if(!${ran}){`);
  c.enter(else_);
  c.compileBody(node.else_, else_);
  c.leave(else_);
  c._emitLine('}');
  c.lastLine = 0;
}
