import { JinjaError } from '../errors.ts';
import { Undefined } from '../values/undefined.ts';
import { BlockReference } from './blocks.ts';
import type { EnvironmentFacts, RenderFunction, Run } from './facts.ts';
import type { Scope } from './scope.ts';

/** One run of a template: its names, its blocks, what it exports. */
export class Context implements Run {
  readonly env: EnvironmentFacts;
  readonly parent: Scope;
  readonly vars = new Map<string, any>();
  readonly exported = new Set<string>();
  readonly blocks: Map<string, RenderFunction[]>;
  readonly name: string | undefined;
  autoescape: boolean;
  /** With a mapped render: the template line of each part of the output, and whether its lines count on. */
  lines: { line: number; text: boolean }[] | undefined;

  constructor(env: EnvironmentFacts, parent: Scope, name: string | undefined, autoescape: boolean) {
    this.env = env;
    this.parent = parent;
    this.name = name;
    this.autoescape = autoescape;
    this.blocks = new Map();
  }

  resolve(name: string): any {
    const own = this.vars.get(name);
    return own !== undefined || this.vars.has(name) ? own : this.parent.lookup(name);
  }

  /** The error with what was most likely meant by a name that is not there. */
  explain(error: unknown): unknown {
    if (!(error instanceof JinjaError)) return error;
    return error.suggest(() => [...this.vars.keys(), ...(this.parent.names?.() ?? [])]);
  }

  /** An assignment at the top of the template; names with a leading underscore are not exported. */
  set(name: string, value: any): void {
    this.vars.set(name, value);
    if (!name.startsWith('_')) this.exported.add(name);
  }

  /** An imported name: known in the template, not exported by it. */
  keep(name: string, value: any): void {
    this.vars.set(name, value);
    this.exported.delete(name);
  }

  /** The same run, seen from a place with further variables. */
  derived(locals: Readonly<Record<string, any>>): Context {
    const inner = new Context(this.env, this.withLocals(locals), this.name, this.autoescape);
    for (const [name, stack] of this.blocks) inner.blocks.set(name, [...stack]);
    return inner;
  }

  withLocals(locals: Readonly<Record<string, any>>): Scope {
    const lookup = (name: string) => {
      const local = Object.hasOwn(locals, name) ? locals[name] : undefined;
      return local !== undefined ? local : this.resolve(name);
    };
    return { lookup };
  }

  addBlocks(template: { blockFunctions(): ReadonlyMap<string, RenderFunction> }): void {
    for (const [name, block] of template.blockFunctions()) {
      const stack = this.blocks.get(name);
      if (stack === undefined) this.blocks.set(name, [block]);
      else stack.push(block);
    }
  }

  firstBlock(name: string): RenderFunction {
    return this.blocks.get(name)![0]!;
  }

  requireBlock(name: string): void {
    if (this.blocks.get(name)!.length <= 1) {
      throw new JinjaError('TemplateRuntimeError', `Required block '${name}' not found`);
    }
  }

  superBlock(name: string, current: RenderFunction): any {
    const stack = this.blocks.get(name) ?? [];
    const depth = stack.indexOf(current) + 1;
    if (depth === 0 || depth >= stack.length) {
      return new Undefined(this.env.undefinedKind, {
        hint: `there is no parent block called '${name}'.`,
        name: 'super',
      });
    }
    return new BlockReference(name, this, stack, depth);
  }

  mapText(line: number): void {
    this.lines?.push({ line, text: true });
  }

  mapValue(line: number): void {
    this.lines?.push({ line, text: false });
  }
}
