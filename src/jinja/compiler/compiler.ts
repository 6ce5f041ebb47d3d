import nunjucks from 'nunjucks/src/compiler.js';
import { JinjaError } from '../errors.ts';
import type * as nodes from '../syntax/nodes.ts';
import * as tree from '../syntax/nodes.ts';
import type { Value } from '../values/object.ts';
import { analyzeScope, findUndeclared } from './analyze.ts';
import type { CompilerOptions, Emitter } from './emitter.ts';
import { Folder } from './fold.ts';
import { Frame } from './frame.ts';
import { STATEMENTS } from './statements.ts';

/** The body of one JavaScript function while it is being written. */
interface FunctionBody {
  readonly variables: Set<string>;
  readonly parameters: readonly string[];
  readonly outer: string[];
}

/** nunjucks' Compiler writing generator functions with Jinja2's scopes. How each node is written lies in tables beside it. */
export class JinjaCompiler extends nunjucks.Compiler implements Emitter {
  declare readonly options: CompilerOptions;
  declare readonly escaping: boolean;
  declare readonly marks: ReadonlySet<string>;
  /** Parameters that a macro has not given a value yet, for each macro being written. */
  declare readonly openParameters: Set<string>[];
  /** Names assigned by the statement being written. */
  declare readonly assigned: Set<string>[];
  declare readonly helpers: Map<string, string>;
  declare private functions: FunctionBody[];
  declare private readonly refused: { parser?: JinjaError; symbols?: JinjaError; compiler?: JinjaError };
  declare lastLine: number;
  declare private writtenLine: number;
  declare hasKnownExtends: boolean;
  declare extendsSoFar: number;
  declare loopDepth: number;
  declare ended: boolean;
  declare autoescape: boolean | 'volatile';
  declare private readonly folders: Map<boolean, Folder>;

  override init(options: any): void {
    super.init();
    Object.assign(this, { options, openParameters: [], assigned: [], functions: [], helpers: new Map(), refused: {} });
    Object.assign(this, {
      lastLine: 0,
      writtenLine: 1,
      hasKnownExtends: false,
      extendsSoFar: 0,
      loopDepth: 0,
      ended: false,
      autoescape: options.autoescape,
      folders: new Map(),
    });
  }

  override fail(message: string, line: number): never {
    throw new JinjaError('TemplateAssertionError', message, line);
  }

  failUnknown(kind: 'filter' | 'test', name: string, line: number): never {
    const error = new JinjaError('TemplateAssertionError', `No ${kind} named '${name}'.`, line);
    error.missing = name;
    const { home } = this.options;
    throw error.suggest(() => (kind === 'filter' ? home.filterNames() : home.testNames()));
  }

  refuse(message: string, line: number, stage: 'parser' | 'symbols' | 'compiler'): void {
    this.refused[stage] ??= new JinjaError('SyntaxError', message, line);
  }

  fold(node: nodes.Expr): { readonly value: Value } | undefined {
    const { autoescape } = this;
    if (autoescape === 'volatile') return undefined;
    let folder = this.folders.get(autoescape);
    if (folder === undefined) {
      folder = new Folder(this.options.home, autoescape);
      this.folders.set(autoescape, folder);
    }
    return folder.constant(node);
  }

  /** Writes a statement. */
  override compile(node: nodes.Stmt, frame: Frame): void {
    STATEMENTS[node.typename]!(this, node, frame);
  }

  compileBody(body: readonly nodes.Stmt[], frame: Frame): void {
    for (const node of body) {
      this.compile(node, frame);
      if (this.ended) break;
    }
    this.ended = false;
  }

  /** A JavaScript variable of the function being written, declared at its top: as in Python, all variables are the function's. */
  variable(name: string): string {
    this.functions.at(-1)!.variables.add(name);
    return name;
  }

  temporary(): string {
    return this.variable(this._tmpid());
  }

  /** Notes the template line for what follows, for error messages. */
  line(line: number): void {
    this.writtenLine = line;
    if (line === this.lastLine) return;
    this.lastLine = line;
    this._emitLine(`L=${line};`);
  }

  /** For what Jinja2 writes without a line of its own: it counts as the line noted before it in the text. */
  sameLine(): void {
    this.line(this.writtenLine);
  }

  /** A filter or test as a constant of the module. */
  helper(kind: 'filter' | 'test', name: string): string {
    const key = `${kind} ${name}`;
    let variable = this.helpers.get(key);
    if (variable === undefined) {
      variable = `h${this.helpers.size}`;
      this.helpers.set(key, variable);
    }
    return variable;
  }

  /** Starts a function; all that is written until `endFunction` is its body. */
  beginFunction(parameters: readonly string[] = []): void {
    this.functions.push({ variables: new Set(), parameters, outer: this.codebuf });
    this.codebuf = [];
    this.lastLine = 0;
  }

  /** Ends the function and gives its text: variables first, and every error noted with the line it happened on. */
  endFunction(head: string, frameName: string, tail = ''): string {
    const { variables, parameters, outer } = this.functions.pop()!;
    for (const parameter of parameters) variables.delete(parameter);
    const body = this.codebuf.join('');
    this.codebuf = outer;
    this.lastLine = 0;
    const declared = [...variables].join(',');
    return `${head}{let L=0${declared && `,${declared}`};try{\n${body}}catch(e){throw R.trace(e,L,${frameName},F)}}${tail}`;
  }

  /** Gives every variable of a scope its first value. */
  enter(frame: Frame): void {
    for (const [variable, load] of frame.symbols.loads) {
      if (load.how === 'param') continue;
      this.variable(variable);
      if (load.how === 'resolve') this._emitLine(`${variable}=C.resolve(${JSON.stringify(load.name)});`);
      else if (load.how === 'alias') this._emitLine(`${variable}=${load.outer};`);
      else this._emitLine(`${variable}=undefined;`);
    }
  }

  leave(frame: Frame): void {
    const variables = [...frame.symbols.loads.keys()];
    if (variables.length > 0) this._emitLine(`${variables.map((name) => this.variable(name)).join('=')}=undefined;`);
  }

  /** Starts a scope's own output; what is printed from here goes there. */
  captureOutput(frame: Frame): string {
    frame.buffer = this.temporary();
    this._emitLine(`${frame.buffer}=[];`);
    return frame.buffer;
  }

  /** The JavaScript of a template: the body of a function of the runtime `R` and the place `F` that gives its root and its blocks. */
  compileTemplate(root: nodes.Root): string {
    const escaping = this.options.autoescape || root.marks.has('autoescape');
    Object.assign(this, { escaping, marks: root.marks });
    const blocks = new Map<string, nodes.Block>();
    for (const block of root.marks.has('block') ? tree.descendants(root, 'Block') : []) {
      if (blocks.has(block.name)) this.fail(`block '${block.name}' defined twice`, block.lineno);
      blocks.set(block.name, block);
    }
    const functions = [`root:${this.compileRoot(root)}`];
    for (const [name, block] of blocks)
      functions.push(`${JSON.stringify(`block ${name}`)}:${this.compileBlock(block)}`);
    const refused = this.refused.parser ?? this.refused.symbols ?? this.refused.compiler;
    if (refused !== undefined) throw refused;
    const helpers = [...this.helpers].map(([key, variable]) => {
      const [kind, name] = key.split(' ');
      return `const ${variable}=R.${kind}(${JSON.stringify(name)});\n`;
    });
    return `"use strict";const {S,T,P,U,settle,call,attr,item}=R;\n${helpers.join('')}const B={${functions.join(',\n')}};return B;`;
  }

  private compileRoot(root: nodes.Root): string {
    const frame = new Frame();
    frame.toplevel = true;
    frame.rootlevel = true;
    this.beginFunction();
    if (findUndeclared(root.body, ['self']).has('self')) {
      this._emitLine(`${this.variable(frame.symbols.parameter('self'))}=R.self(C);`);
    }
    analyzeScope(frame.symbols, root);
    const extending = root.marks.has('extends');
    frame.requireOutputCheck = extending;
    if (extending) this._emitLine(`${this.variable('parent')}=undefined;`);
    frame.buffer = 'o';
    this.enter(frame);
    this.compileBody(root.body, frame);
    if (extending) this._emitLine('if(parent!==undefined)yield* parent.renderInto(C,o);');
    return this.endFunction('(function*(C,o)', 'undefined', ')');
  }

  private compileBlock(block: nodes.Block): string {
    const frame = new Frame();
    frame.blockFrame = true;
    this.autoescape = this.options.autoescape;
    this.writtenLine = block.lineno;
    frame.buffer = 'o';
    this.beginFunction();
    const special = findUndeclared(block.body, ['self', 'super']);
    if (special.has('self')) this._emitLine(`${this.variable(frame.symbols.parameter('self'))}=R.self(C);`);
    if (special.has('super')) {
      const self = `B[${JSON.stringify(`block ${block.name}`)}]`;
      const variable = this.variable(frame.symbols.parameter('super'));
      this._emitLine(`${variable}=C.superBlock(${JSON.stringify(block.name)},${self});`);
    }
    analyzeScope(frame.symbols, block);
    this.enter(frame);
    this.compileBody(block.body, frame);
    return this.endFunction('(function*(C,o)', 'undefined', ')');
  }
}
