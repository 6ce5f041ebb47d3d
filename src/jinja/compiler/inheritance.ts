import type * as nodes from '../syntax/nodes.ts';
import type { Emitter } from './emitter.ts';
import { expression } from './expressions.ts';
import type { Frame } from './frame.ts';

const quote = (text: string): string => JSON.stringify(text);

/** The variables assigned so far, for a template or block that sees them. */
function localsOf(frame: Frame): string {
  return `{${[...frame.symbols.visibleStores()].map(([name, variable]) => `${quote(name)}:${variable}`).join(',')}}`;
}

export function compileBlock(c: Emitter, node: nodes.Block, frame: Frame): void {
  let closing = '';
  if (frame.toplevel) {
    if (c.hasKnownExtends) return;
    if (c.extendsSoFar > 0) {
      c._emitLine('if(parent===undefined){');
      closing = '}';
    }
  }
  c.line(node.lineno);
  if (node.required) c._emitLine(`C.requireBlock(${quote(node.name)});`);
  const context = node.scoped ? `C.derived(${localsOf(frame)})` : 'C';
  c._emitLine(`yield* C.firstBlock(${quote(node.name)})(${context},${frame.buffer});${closing}`);
  if (closing) c.lastLine = 0;
}

export function compileExtends(c: Emitter, node: nodes.Extends, frame: Frame): void {
  if (!frame.toplevel) c.fail('cannot use extend from a non top-level scope', node.lineno);
  if (c.extendsSoFar > 0) {
    c.sameLine();
    const raise = 'throw R.error("TemplateRuntimeError","extended multiple times");';
    c._emitLine(c.hasKnownExtends ? raise : `if(parent!==undefined)${raise}`);
    c.ended = c.hasKnownExtends;
    if (c.ended) return;
  }
  c.line(node.lineno);
  c._emitLine(`parent=R.template(C,${expression(c, node.template, frame)});C.addBlocks(parent);`);
  if (frame.rootlevel) c.hasKnownExtends = true;
  c.extendsSoFar++;
}

export function compileInclude(c: Emitter, node: nodes.Include, frame: Frame): void {
  c.line(node.lineno);
  const included = c.temporary();
  c._emitLine(`${included}=R.include(C,${expression(c, node.template, frame)},${node.ignoreMissing});`);
  const locals = node.withContext ? localsOf(frame) : 'undefined';
  c._emitLine(`if(${included}!==undefined)yield* ${included}.includeInto(C,${frame.buffer},${locals});`);
  if (c.options.mapped && frame.buffer === 'o') c._emitLine(`C.mapValue(${node.lineno});`);
}

function moduleOf(c: Emitter, node: nodes.Import | nodes.FromImport, frame: Frame): string {
  const template = `R.template(C,${expression(c, node.template, frame)})`;
  return `(yield* ${template}.importedBy(C,${node.withContext ? localsOf(frame) : 'undefined'}))`;
}

export function compileImport(c: Emitter, node: nodes.Import, frame: Frame): void {
  c.line(node.lineno);
  const variable = c.variable(frame.symbols.ref(node.target));
  c._emitLine(`${variable}=${moduleOf(c, node, frame)};`);
  if (frame.toplevel) c._emitLine(`C.keep(${quote(node.target)},${variable});`);
}

export function compileFromImport(c: Emitter, node: nodes.FromImport, frame: Frame): void {
  c.line(node.lineno);
  const module = c.temporary();
  c._emitLine(`${module}=${moduleOf(c, node, frame)};`);
  for (const [name, alias] of node.names) {
    const variable = c.variable(frame.symbols.ref(alias));
    c._emitLine(`${variable}=R.imported(F,${module},${quote(name)},${node.lineno});`);
    if (frame.toplevel) c._emitLine(`C.keep(${quote(alias)},${variable});`);
  }
}
