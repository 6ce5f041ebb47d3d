import { escapeValue } from '../methods/markup.ts';
import { hasSafeRepr } from '../ops/safe-repr.ts';
import { str } from '../ops/text.ts';
import * as nodes from '../syntax/nodes.ts';
import type { Emitter } from './emitter.ts';
import { expression, text } from './expressions.ts';
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

/** The text of a constant part, undefined where it is none. Jinja2 computes it, and so do we, while compiling. */
function constantText(c: Emitter, part: nodes.Expr): string | undefined {
  if (part instanceof nodes.TemplateData) return part.data;
  try {
    const folded = c.fold(part);
    if (folded === undefined) return undefined;
    return c.autoescape === true ? escapeValue(folded.value).value : str(folded.value);
  } catch {
    // What fails here fails in the run as well, where its line is known.
    return undefined;
  }
}

/** Text and constants that stand beside each other are one part of the output, as in Jinja2. */
function compileJoined(c: Emitter, node: nodes.Output, frame: Frame): void {
  let joined = '';
  const flush = () => {
    if (joined !== '') c._emitLine(`${frame.buffer}.push(${JSON.stringify(joined)});`);
    joined = '';
  };
  for (const part of node.nodes) {
    const constant = constantText(c, part);
    if (constant !== undefined) joined += constant;
    else {
      flush();
      c.line(part.lineno);
      c._emitLine(`${frame.buffer}.push(${text(c, part, frame)});`);
    }
  }
  flush();
}

function compilePart(c: Emitter, part: nodes.Expr, frame: Frame): void {
  const mapped = c.options.mapped && frame.buffer === 'o';
  const isData = part instanceof nodes.TemplateData;
  const constant = constantText(c, part);
  if (isData && c.escaping) c._emitLine(`${frame.buffer}.push(${expression(c, part, frame)});`);
  else if (constant !== undefined) c._emitLine(`${frame.buffer}.push(${JSON.stringify(constant)});`);
  else {
    c.line(part.lineno);
    const code = c.escaping ? `R.escapeIf(C,${expression(c, part, frame)})` : text(c, part, frame);
    c._emitLine(`${frame.buffer}.push(${code});`);
  }
  if (mapped) c._emitLine(`C.${isData ? 'mapText' : 'mapValue'}(${part.lineno});`);
}

/** Native output keeps values as they are, but for constants, which Jinja2 turns into text and joins with their neighbours. */
function compileNative(c: Emitter, node: nodes.Output, frame: Frame): void {
  let joined: string | undefined;
  const flush = () => {
    if (joined !== undefined) c._emitLine(`${frame.buffer}.push(${JSON.stringify(joined)});`);
    joined = undefined;
  };
  for (const part of node.nodes) {
    const folded = part instanceof nodes.TemplateData ? { value: part.data } : c.fold(part);
    if (folded !== undefined && hasSafeRepr(folded.value)) joined = (joined ?? '') + str(folded.value);
    else {
      flush();
      c.line(part.lineno);
      c._emitLine(`${frame.buffer}.push(${expression(c, part, frame)});`);
    }
  }
  flush();
}
