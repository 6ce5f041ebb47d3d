import { Evaluator, type Helpers } from '../evaluate/evaluator.ts';
import { Frame } from '../evaluate/frame.ts';
import { Slice } from '../ops/item.ts';
import { Context } from '../runtime/context.ts';
import type { EnvironmentFacts } from '../runtime/facts.ts';
import * as nodes from '../syntax/nodes.ts';
import { Markup } from '../values/markup.ts';
import type { Value } from '../values/object.ts';

/** What folding needs of the environment. */
export interface FoldHome extends EnvironmentFacts, Helpers {
  filterNames(): Iterable<string>;
  testNames(): Iterable<string>;
  /** A filter whose result may not be computed ahead of time. */
  isContextFilter(name: string): boolean;
}

/** Thrown where an expression is not constant. */
const IMPOSSIBLE = new Error('not constant');

/** Where any error means that the expression is left for the run; elsewhere Jinja2 lets it through. */
const FORGIVING = new Set(['Filter', 'Test', 'Getattr', 'Getitem', 'BinOp', 'UnaryOp', 'Not', 'Compare']);

/**
 * Computes what Jinja2 computes while it compiles: no name, no call, no filter that needs the context. What it decides by
 * that, it never looks at again: `1 or x|nope` is 1, whatever stands behind the `or`.
 */
export class Folder extends Evaluator {
  readonly #home: FoldHome;
  readonly #frame: Frame;
  readonly #hopeful = new Map<nodes.JinjaNode, boolean>();

  constructor(home: FoldHome, autoescape: boolean) {
    const context = new Context(home, { lookup: () => undefined }, undefined, autoescape);
    super(context, home);
    this.#home = home;
    this.#frame = new Frame(context);
  }

  /** The value of a constant; undefined where the expression is none. */
  constant(node: nodes.Expr): { readonly value: Value } | undefined {
    if (!this.#mayBeConstant(node)) return undefined;
    try {
      return { value: this.value(node, this.#frame) };
    } catch (error) {
      // What Jinja2 lets through fails in the run as well, and there its line is known; only of a strict undefined value
      // would something else be told first.
      if (error === IMPOSSIBLE || this.context.env.undefinedKind !== 'strict') return undefined;
      throw error;
    }
  }

  override value(node: any, frame: Frame): Value {
    try {
      return this.#folded(node, frame);
    } catch (error) {
      throw FORGIVING.has(node.typename) ? IMPOSSIBLE : error;
    }
  }

  #folded(node: any, frame: Frame): Value {
    switch (node.typename) {
      case 'Name':
      case 'NSRef':
      case 'Call':
        throw IMPOSSIBLE;
      case 'TemplateData':
        return this.context.autoescape ? new Markup(node.data) : node.data;
      case 'Filter':
        if (node.node === null || !this.#home.hasFilter(node.name) || this.#home.isContextFilter(node.name))
          throw IMPOSSIBLE;
        return super.value(node, frame);
      case 'Test':
        if (!this.#home.hasTest(node.name)) throw IMPOSSIBLE;
        return super.value(node, frame);
      case 'CondExpr':
        if (node.expr2 === null && !this.isTrue(node.test, frame)) throw IMPOSSIBLE;
        return super.value(node, frame);
      case 'Slice': {
        const part = (one: nodes.Expr | null) => (one === null ? null : this.value(one, frame));
        return new Slice(part(node.start), part(node.stop), part(node.step));
      }
      default:
        return super.value(node, frame);
    }
  }

  /** A quick look at the tree: most expressions hold a name. */
  #mayBeConstant(node: any): boolean {
    let answer = this.#hopeful.get(node);
    if (answer === undefined) {
      answer = this.#decisive(node).every((child) => this.#mayBeConstant(child));
      this.#hopeful.set(node, answer && !['Name', 'NSRef', 'Call'].includes(node.typename));
    }
    return this.#hopeful.get(node) as boolean;
  }

  /** The parts that are looked at whatever the others are. */
  #decisive(node: any): nodes.JinjaNode[] {
    if (node instanceof nodes.And || node instanceof nodes.Or) return [node.left];
    if (node instanceof nodes.CondExpr) return [node.test];
    if (node instanceof nodes.Compare) return [node.expr, node.ops[0]!.expr];
    // Joining looks at one part after the other, and a strict undefined value in front is an error already.
    if (node instanceof nodes.Concat && this.context.env.undefinedKind === 'strict') return node.nodes.slice(0, 1);
    return nodes.children(node);
  }
}
