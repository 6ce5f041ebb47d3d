import { JinjaError } from '../errors.ts';
import { Namespace } from '../globals.ts';
import { iterate, unpack } from '../ops/iterate.ts';
import { str } from '../ops/text.ts';
import { Context } from '../runtime/context.ts';
import type { EnvironmentFacts } from '../runtime/facts.ts';
import { LoopContext } from '../runtime/loop.ts';
import type { Scope } from '../runtime/scope.ts';
import { type Place, trace } from '../runtime/trace.ts';
import { step, stretch } from '../steps.ts';
import * as nodes from '../syntax/nodes.ts';
import type { Value } from '../values/object.ts';
import { Evaluator, type Helpers } from './evaluator.ts';
import { Frame } from './frame.ts';
import { isSupported } from './supported.ts';

/** What performing needs of the environment. */
export interface PerformHome extends EnvironmentFacts {
  readonly runtime: Record<string, unknown>;
  scope(given: Scope): Scope;
}

/**
 * Runs a template once for what it does, such as the calls it makes; nothing is compiled, and a call that would have to
 * wait is an error. False where the template holds what only compiled code does: then nothing has been run.
 * `output` takes what it prints; without one that is thrown away.
 */
export function perform(home: PerformHome, root: nodes.Root, scope: Scope, place: Place, output?: string[]): boolean {
  if (!isSupported(root, home)) return false;
  const context = new Context(home, home.scope(scope), place.file, false);
  const performer = new Performer(new Evaluator(context, home.runtime as unknown as Helpers), output);
  try {
    stretch(() => performer.body(root.body, new Frame(context)));
  } catch (error) {
    throw context.explain(trace(error, performer.line, undefined, place));
  }
  return true;
}

class Performer {
  readonly #evaluator: Evaluator;
  #output: string[] | undefined;
  line = 0;

  constructor(evaluator: Evaluator, output: string[] | undefined) {
    this.#evaluator = evaluator;
    this.#output = output;
  }

  body(statements: readonly nodes.Stmt[], frame: Frame): void {
    for (const statement of statements) this.#statement(statement, frame);
  }

  #statement(node: any, frame: Frame): void {
    switch (node.typename) {
      case 'Output':
        this.#print(node, frame);
        break;
      case 'If':
        this.#if(node, frame);
        break;
      case 'For':
        this.#for(node, frame);
        break;
      case 'Assign':
        this.#assign(node, frame);
        break;
      case 'AssignBlock':
        this.#assignBlock(node, frame);
        break;
      default:
        this.line = node.lineno;
        this.#evaluator.value(node.node, frame);
    }
  }

  #print(node: nodes.Output, frame: Frame): void {
    const output = this.#output;
    for (const part of node.nodes) {
      if (part instanceof nodes.TemplateData) output?.push(part.data);
      else {
        this.line = part.lineno;
        const value = this.#evaluator.value(part, frame);
        // Plain text is no work; anything else may refuse to become text.
        const text = typeof value === 'string' ? value : str(value);
        output?.push(text);
      }
    }
  }

  #if(node: nodes.If, frame: Frame): void {
    for (const branch of [node, ...node.elif]) {
      this.line = branch.lineno;
      if (!this.#evaluator.isTrue(branch.test, frame)) continue;
      this.body(branch.body, frame);
      return;
    }
    this.body(node.else_, frame);
  }

  #for(node: nodes.For, outer: Frame): void {
    this.line = node.lineno;
    const items = this.#evaluator.value(node.iter, outer);
    const loops = namesLoop(node.body);
    const ran = loops ? this.#longLoop(node, items, outer) : this.#plainLoop(node, items, outer);
    if (!ran) this.body(node.else_, outer.inner());
  }

  #plainLoop(node: nodes.For, items: Value, outer: Frame): boolean {
    let ran = false;
    for (const item of iterate(items)) {
      step();
      if (node.test !== null && !this.#passes(node, item, outer)) continue;
      ran = true;
      const frame = outer.inner();
      this.#store(node.target, item, frame);
      this.body(node.body, frame);
    }
    return ran;
  }

  /** With the special `loop`, which may look ahead. */
  #longLoop(node: nodes.For, items: Value, outer: Frame): boolean {
    const passes = (item: Value) => this.#passes(node, item, outer);
    const test =
      node.test === null
        ? undefined
        : // biome-ignore lint/correctness/useYield: a test of a compiled loop may wait, this one never does
          function* (item: Value) {
            return passes(item);
          };
    const loop = new LoopContext(this.#evaluator.context, items, test, undefined, 0);
    let ran = false;
    while (loop.quick() || loop.advance().next().value === true) {
      step();
      ran = true;
      const frame = outer.inner();
      frame.set('loop', loop);
      this.#store(node.target, loop.current, frame);
      this.body(node.body, frame);
    }
    return ran;
  }

  #passes(node: nodes.For, item: Value, outer: Frame): boolean {
    const frame = outer.inner();
    this.#store(node.target, item, frame);
    return this.#evaluator.isTrue(node.test as nodes.Expr, frame);
  }

  #assign(node: nodes.Assign, frame: Frame): void {
    // As in compiled code, what is no namespace counts as the line before it.
    this.line ||= 1;
    const references = node.target instanceof nodes.NSRef ? [node.target] : nodes.descendants(node.target, 'NSRef');
    for (const { name } of references as Iterable<nodes.NSRef>) {
      if (frame.find(name) instanceof Namespace) continue;
      throw new JinjaError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
    }
    this.line = node.lineno;
    this.#store(node.target, this.#evaluator.value(node.node, frame), frame);
  }

  #assignBlock(node: nodes.AssignBlock, frame: Frame): void {
    const outer = this.#output;
    const captured: string[] = [];
    this.#output = captured;
    this.body(node.body, frame.inner());
    this.#output = outer;
    this.line = node.lineno;
    this.#store(node.target, captured.join(''), frame);
  }

  #store(target: nodes.Expr, value: Value, frame: Frame): void {
    if (target instanceof nodes.Name) frame.set(target.name, value);
    else if (target instanceof nodes.NSRef) (frame.find(target.name) as Namespace).pySet(target.attr, value);
    else {
      const parts = (target as nodes.Tuple).items;
      const values = unpack(value, parts.length);
      parts.forEach((part, i) => {
        this.#store(part, values[i], frame);
      });
    }
  }
}

/** Whether `loop` is read anywhere in a body. */
function namesLoop(body: readonly nodes.JinjaNode[]): boolean {
  return body.some((node) => (node as nodes.Name).name === 'loop' || namesLoop(nodes.children(node)));
}
