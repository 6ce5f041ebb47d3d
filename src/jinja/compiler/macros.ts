import type * as nodes from '../syntax/nodes.ts';
import { analyzeScope, findUndeclared } from './analyze.ts';
import type { Emitter } from './emitter.ts';
import { compileCall, expression } from './expressions.ts';
import type { Frame } from './frame.ts';

export function compileMacro(c: Emitter, node: nodes.Macro, frame: Frame): void {
  const code = macroValue(c, node, frame, node.name);
  const variable = c.variable(frame.symbols.ref(node.name));
  c._emitLine(`${variable}=${code};`);
  if (frame.toplevel) c._emitLine(`C.set(${JSON.stringify(node.name)},${variable});`);
}

export function compileCallBlock(c: Emitter, node: nodes.CallBlock, frame: Frame): void {
  const caller = c.temporary();
  c._emitLine(`${caller}=${macroValue(c, node, frame, null)};`);
  c.line(node.lineno);
  c._emitLine(`${frame.buffer}.push(${compileCall(c, node.call, frame, [`"caller",${caller}`])});`);
  if (c.options.mapped && frame.buffer === 'o') c._emitLine(`C.mapValue(${node.lineno});`);
}

/** A macro, or the body of a call block, as a JavaScript expression. */
function macroValue(c: Emitter, node: nodes.Macro | nodes.CallBlock, outer: Frame, name: string | null): string {
  const frame = outer.inner();
  frame.requireOutputCheck = false;
  analyzeScope(frame.symbols, node);
  const parameters = node.args.map((arg) => frame.symbols.ref(arg.name));
  const special = findSpecial(c, node, frame, parameters);
  // Again, for the special parameters hide outer variables of their name.
  analyzeScope(frame.symbols, node);
  const loops = c.loopDepth;
  c.loopDepth = 0;
  c.beginFunction(parameters);
  const buffer = c.captureOutput(frame);
  c.enter(frame);
  setDefaults(c, node, frame);
  c.compileBody(node.body, frame);
  c._emitLine(`return R.concat(C,${buffer});`);
  const code = c.endFunction(`(function*(${parameters.join(',')})`, JSON.stringify(name ?? 'caller'), ')');
  c.loopDepth = loops;
  const repeated = node.args.find((arg, i) => node.args.findIndex((other) => other.name === arg.name) < i);
  if (repeated !== undefined) {
    c.refuse(`duplicate argument '${repeated.name}' in function definition`, repeated.lineno, 'symbols');
  }
  const names = JSON.stringify(node.args.map((arg) => arg.name));
  const flags = `${special.has('kwargs')},${special.has('varargs')},${special.has('caller')}`;
  return `R.macro(C,${code},${JSON.stringify(name)},${names},${node.defaults.length},${flags})`;
}

/** `caller`, `kwargs` and `varargs`, where the body uses them, are further parameters. */
function findSpecial(c: Emitter, node: nodes.Macro | nodes.CallBlock, frame: Frame, parameters: string[]): Set<string> {
  const named = node.args.map((arg) => arg.name);
  const used = findUndeclared(node.body, ['caller', 'kwargs', 'varargs']);
  const special = new Set<string>();
  for (const name of ['caller', 'kwargs', 'varargs']) {
    if (!used.has(name)) continue;
    if (!named.includes(name)) parameters.push(frame.symbols.parameter(name));
    else if (name !== 'caller') continue;
    else if (node.defaults.length < named.length - named.indexOf(name)) {
      c.fail(
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        node.lineno,
      );
    }
    special.add(name);
  }
  return special;
}

/** Gives what was not passed its default, in order; a default sees the parameters before it. */
function setDefaults(c: Emitter, node: nodes.Macro | nodes.CallBlock, frame: Frame): void {
  const open = frame.symbols.parameters();
  c.openParameters.push(open);
  node.args.forEach((arg, i) => {
    const variable = frame.symbols.ref(arg.name);
    const fallback = node.defaults[i - (node.args.length - node.defaults.length)];
    c.line(node.lineno);
    const missing = `U(${JSON.stringify(arg.name)},${JSON.stringify(`parameter '${arg.name}' was not provided`)})`;
    c._emitLine(`if(${variable}===undefined)${variable}=${fallback ? expression(c, fallback, frame) : missing};`);
    open.delete(variable);
  });
  c.openParameters.pop();
}
