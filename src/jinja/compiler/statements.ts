import { truth } from '../ops/truth.ts';
import type * as nodes from '../syntax/nodes.ts';
import { analyzeScope } from './analyze.ts';
import { compileAssign, compileAssignBlock } from './assignments.ts';
import type { Emitter } from './emitter.ts';
import { compileFilter, condition, expression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { compileBlock, compileExtends, compileFromImport, compileImport, compileInclude } from './inheritance.ts';
import { compileFor } from './loops.ts';
import { compileCallBlock, compileMacro } from './macros.ts';
import { compileOutput } from './output.ts';
import { storeTo } from './targets.ts';

type Write = (c: Emitter, node: any, frame: Frame) => void;

/** How each statement is written. */
export const STATEMENTS: Readonly<Record<string, Write>> = {
  Output: compileOutput,
  For: compileFor,
  If: compileIf,
  Macro: compileMacro,
  CallBlock: compileCallBlock,
  FilterBlock: compileFilterBlock,
  With: compileWith,
  Assign: compileAssign,
  AssignBlock: compileAssignBlock,
  ExprStmt: (c, node: nodes.ExprStmt, frame) => {
    c.line(node.lineno);
    c._emitLine(`${expression(c, node.node, frame)};`);
  },
  Break: (c, node) => compileJump(c, node, 'break', "'break' outside loop"),
  Continue: (c, node) => compileJump(c, node, 'continue', "'continue' not properly in loop"),
  Autoescape: compileAutoescape,
  Block: compileBlock,
  Extends: compileExtends,
  Include: compileInclude,
  Import: compileImport,
  FromImport: compileFromImport,
};

function compileJump(c: Emitter, node: nodes.Stmt, word: string, refusal: string): void {
  if (c.loopDepth === 0) {
    c.refuse(refusal, node.lineno, 'compiler');
    return;
  }
  c.lastLine = 0;
  c._emitLine(`${word};`);
}

function compileIf(c: Emitter, node: nodes.If, frame: Frame): void {
  const under = frame.under();
  c.line(node.lineno);
  c._emitLine(`if(${condition(c, node.test, under)}){`);
  c.compileBody(node.body, under);
  let closing = '}';
  for (const branch of node.elif) {
    c._emitLine('}else{');
    c.lastLine = 0;
    c.line(branch.lineno);
    c._emitLine(`if(${condition(c, branch.test, under)}){`);
    c.compileBody(branch.body, under);
    closing += '}';
  }
  if (node.else_.length > 0) {
    c._emitLine('}else{');
    c.lastLine = 0;
    c.compileBody(node.else_, under);
  }
  c._emitLine(closing);
  c.lastLine = 0;
}

function compileFilterBlock(c: Emitter, node: nodes.FilterBlock, frame: Frame): void {
  const inner = frame.inner();
  analyzeScope(inner.symbols, node);
  c.enter(inner);
  const buffer = c.captureOutput(inner);
  c.compileBody(node.body, inner);
  c.line(node.lineno);
  c._emitLine(`${frame.buffer}.push(${compileFilter(c, node.filter, inner, `R.concat(C,${buffer})`)});`);
  c.leave(inner);
}

function compileWith(c: Emitter, node: nodes.With, frame: Frame): void {
  const inner = frame.inner();
  analyzeScope(inner.symbols, node);
  c.enter(inner);
  node.targets.forEach((target, i) => {
    c.sameLine();
    c._emitLine(storeTo(c, target, inner, expression(c, node.values[i]!, frame)));
  });
  c.compileBody(node.body, inner);
  c.leave(inner);
}

function compileAutoescape(c: Emitter, node: nodes.Autoescape, frame: Frame): void {
  const saved = c.temporary();
  const inner = frame.inner();
  analyzeScope(inner.symbols, node);
  c.enter(inner);
  const { autoescape } = c;
  const folded = c.fold(node.value);
  c.line(node.lineno);
  c._emitLine(`${saved}=C.autoescape;C.autoescape=T(${expression(c, node.value, inner)});`);
  c.autoescape = folded === undefined ? 'volatile' : truth(folded.value);
  c.compileBody(node.body, inner);
  c.autoescape = autoescape;
  c._emitLine(`C.autoescape=${saved};`);
  c.leave(inner);
}
