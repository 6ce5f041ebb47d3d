import { PyObject, type Value } from '../../jinja/index.ts';

/** Template global `context_macro_stack`: the macros that are running in one node's scope, outermost first. */
export class MacroStack extends PyObject {
  readonly #running: string[] = [];
  readonly #onOutermost: ((uniqueId: string) => void) | undefined;

  /** `onOutermost` hears of each macro that a node's own text calls: its `depends_on.macros`. */
  constructor(onOutermost?: (uniqueId: string) => void) {
    super();
    this.#onOutermost = onOutermost;
  }

  pyTypeName(): string {
    return 'MacroStack';
  }

  enter(uniqueId: string): void {
    if (this.#running.length === 0) this.#onOutermost?.(uniqueId);
    this.#running.push(uniqueId);
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
