import nunjucks from 'nunjucks/src/environment.js';
import { JinjaError } from './errors.ts';
import { Module } from './module.ts';
import { nativeResult } from './native.ts';
import { Context } from './runtime/context.ts';
import type { EnvironmentFacts, RenderFunction } from './runtime/facts.ts';
import { concatParts } from './runtime/output.ts';
import type { Scope } from './runtime/scope.ts';
import type { Place } from './runtime/trace.ts';
import type { Step } from './step.ts';
import type { Value } from './values/object.ts';

const EMPTY: Scope = { lookup: () => undefined };

/** What a template needs of the environment it is compiled in. */
export interface TemplateHome extends EnvironmentFacts {
  readonly options: { readonly autoescape?: boolean };
  readonly runtime: Record<string, unknown>;
  codeOf(source: string, mapped: boolean): string;
  scope(given: Scope): Scope;
}

/** nunjucks' Template with our code generator: renders as a step, so that calls may wait. */
export class Template extends nunjucks.Template {
  declare readonly environment: TemplateHome;
  declare readonly source: string;
  declare readonly file: string | undefined;
  declare private readonly place: Place;
  declare private functions: Record<string, RenderFunction>;
  declare private blockMap: ReadonlyMap<string, RenderFunction> | undefined;
  declare private imported: Module | undefined;
  declare private mapped: Record<string, RenderFunction> | undefined;

  override init(source: string, env: TemplateHome, at: { file?: string; firstLine?: number }): void {
    const lineOffset = (at.firstLine ?? 1) - 1;
    Object.assign(this, { environment: env, source, file: at.file, place: { file: at.file, lineOffset, source } });
    this.functions = this.load(false);
  }

  private load(mapped: boolean): Record<string, RenderFunction> {
    try {
      const code = this.environment.codeOf(this.source, mapped);
      // The code only calls what the runtime table gives it; no text of the template is code in it.
      return new Function('R', 'F', code)(this.environment.runtime, this.place);
    } catch (error) {
      throw error instanceof JinjaError ? error.locate(this.file, this.place.lineOffset) : error;
    }
  }

  blockFunctions(): ReadonlyMap<string, RenderFunction> {
    this.blockMap ??= blocksOf(this.functions);
    return this.blockMap;
  }

  /** A fresh run of the template. */
  private begin(parent: Scope): Context {
    const context = new Context(this.environment, parent, this.file, this.environment.options.autoescape ?? false);
    context.addBlocks(this);
    return context;
  }

  private *run(context: Context, functions = this.functions): Step<any[]> {
    const output: any[] = [];
    try {
      yield* functions['root']!(context, output);
    } catch (error) {
      throw context.explain(error);
    }
    return output;
  }

  /** The text. */
  *render(scope: Scope = EMPTY): Step<string> {
    return concatParts(yield* this.run(this.begin(this.environment.scope(scope))));
  }

  /** The text, and for each of its lines the template line it came from, counting from 1. */
  *renderMapped(scope: Scope = EMPTY): Step<{ text: string; lines: number[] }> {
    this.mapped ??= this.load(true);
    const context = this.begin(this.environment.scope(scope));
    context.lines = [];
    const output = yield* this.run(context, this.mapped);
    return { text: concatParts(output), lines: mapLines(output, context.lines, this.place.lineOffset) };
  }

  /** The value of a native template, by dbt's rules: one value stays what it is, several become text. */
  *renderNative(scope: Scope = EMPTY): Step<Value> {
    return nativeResult(yield* this.run(this.begin(this.environment.scope(scope))));
  }

  /** Runs the template for what it defines: its macros and the names it assigns. */
  *module(scope: Scope = EMPTY): Step<Module> {
    const context = this.begin(this.environment.scope(scope));
    const body = yield* this.run(context);
    return new Module(this.file, context, body);
  }

  /** For `extends`: goes on with this template in the child's run. */
  *renderInto(context: Context, output: any[]): Step<void> {
    yield* this.functions['root']!(context, output);
  }

  /** For `include`: with the including template's names where it passes them. */
  *includeInto(context: Context, output: any[], locals: Record<string, Value> | undefined): Step<void> {
    const scope = locals === undefined ? this.environment.scope(EMPTY) : context.withLocals(locals);
    yield* this.functions['root']!(this.begin(scope), output);
  }

  /** For `import`. */
  *importedBy(context: Context, locals: Record<string, Value> | undefined): Step<Module> {
    if (locals === undefined && this.imported !== undefined) return this.imported;
    const run = this.begin(locals === undefined ? this.environment.scope(EMPTY) : context.withLocals(locals));
    const module = new Module(this.file, run, yield* this.run(run));
    // Without the importing template's names it is the same for all.
    if (locals === undefined) this.imported = module;
    return module;
  }
}

function blocksOf(functions: Record<string, RenderFunction>): ReadonlyMap<string, RenderFunction> {
  const entries = Object.entries(functions).filter(([key]) => key.startsWith('block '));
  return new Map(entries.map(([key, block]) => [key.slice('block '.length), block]));
}

/** Counts the lines of each part of the output. */
function mapLines(
  output: readonly string[],
  marks: readonly { line: number; text: boolean }[],
  offset: number,
): number[] {
  const lines: number[] = [];
  output.forEach((part, i) => {
    const mark = marks[i];
    const line = (mark?.line ?? 1) + offset;
    if (lines.length === 0) lines.push(line);
    const breaks = String(part).split('\n').length - 1;
    for (let n = 1; n <= breaks; n++) lines.push(mark?.text ? line + n : line);
  });
  return lines;
}
