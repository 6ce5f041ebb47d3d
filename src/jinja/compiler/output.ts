import * as nodes from '../syntax/nodes.ts';
import type { Emitter } from './emitter.ts';
import { expression, text } from './expressions.ts';
import { isConstant } from './folding.ts';
import type { Frame } from './frame.ts';

/** Text and `{{ }}`: pushes each part on the scope's output. */
export function compileOutput(c: Emitter, node: nodes.Output, frame: Frame): void {
  if (frame.requireOutputCheck) {
    if (c.hasKnownExtends) return;
    c._emitLine('if(parent===undefined){');
  }
  if (c.options.native) compileNative(c, node, frame);
  else if (c.options.mapped || c.escaping) for (const part of node.nodes) compilePart(c, part, frame);
  else compileJoined(c, node, frame);
  if (frame.requireOutputCheck) {
    c._emitLine('}');
    c.lastLine = 0;
  }
}

/** Text and constants that stand beside each other are one part of the output, as in Jinja2. */
function compileJoined(c: Emitter, node: nodes.Output, frame: Frame): void {
  let joined: string[] = [];
  const flush = () => {
    if (joined.length > 0) c._emitLine(`${frame.buffer}.push(${joined.join('+')});`);
    joined = [];
  };
  for (const part of node.nodes) {
    if (part instanceof nodes.TemplateData) joined.push(JSON.stringify(part.data));
    else if (part instanceof nodes.Const) joined.push(text(c, part, frame));
    else if (isConstant(c, part)) {
      // It may fail, and then it matters which line it stands on.
      flush();
      c.line(part.lineno);
      c.folding = true;
      joined.push(text(c, part, frame));
      c.folding = false;
    } else {
      flush();
      c.line(part.lineno);
      c._emitLine(`${frame.buffer}.push(${text(c, part, frame)});`);
    }
  }
  flush();
}

function compilePart(c: Emitter, part: nodes.Expr, frame: Frame): void {
  const mapped = c.options.mapped && frame.buffer === 'o';
  if (part instanceof nodes.TemplateData) {
    const data = expression(c, part, frame);
    c._emitLine(mapped ? `o.push(${data});C.mapText(${part.lineno});` : `${frame.buffer}.push(${data});`);
    return;
  }
  c.line(part.lineno);
  c.folding = isConstant(c, part);
  const code = c.escaping ? `R.escapeIf(C,${expression(c, part, frame)})` : text(c, part, frame);
  c.folding = false;
  c._emitLine(`${frame.buffer}.push(${code});`);
  if (mapped) c._emitLine(`C.mapValue(${part.lineno});`);
}

/** Native output keeps values as they are, but for constants, which Jinja2 turns into text and joins with their neighbours. */
function compileNative(c: Emitter, node: nodes.Output, frame: Frame): void {
  const group = c.temporary();
  c._emitLine(`${group}=undefined;`);
  for (const part of node.nodes) {
    c.line(part.lineno);
    const constant = part instanceof nodes.TemplateData || isConstant(c, part);
    c.folding = constant;
    const code = expression(c, part, frame);
    c.folding = false;
    if (constant) c._emitLine(`${group}=R.constant(${frame.buffer},${group},${code});`);
    else c._emitLine(`${frame.buffer}.push(${code});${group}=undefined;`);
  }
}
