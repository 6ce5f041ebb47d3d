import { PyObject, type Value } from '../../jinja/index.ts';

/** Template global `context_macro_stack`: the macros that are running in one node's scope, outermost first. */
export class MacroStack extends PyObject {
  readonly #running: string[] = [];
  /** Every macro that was called, in order, with how many others it stood in at least: 0 for what a node's own text calls. */
  readonly called = new Map<string, number>();

  pyTypeName(): string {
    return 'MacroStack';
  }

  enter(uniqueId: string): void {
    const depth = this.#running.push(uniqueId) - 1;
    if (depth >= (this.called.get(uniqueId) ?? Number.POSITIVE_INFINITY)) return;
    // Its place in the order is that of the outermost call.
    this.called.delete(uniqueId);
    this.called.set(uniqueId, depth);
  }

  leave(): void {
    this.#running.pop();
  }

  override pyAttr(name: string): Value | undefined {
    if (name === 'depth') return this.#running.length;
    if (name === 'call_stack') return [...this.#running];
    return undefined;
  }
}
