import { fromData, PyObject, type Value } from '../../jinja/index.ts';
import type { Flags, Invocation } from '../../model/index.ts';

/** Template global `flags`: `flags.FULL_REFRESH`, `flags.WHICH`; in capitals as dbt has them, or not. */
export class FlagsObject extends PyObject {
  readonly #flags: Flags;
  readonly #invocation: Invocation;

  constructor(flags: Flags, invocation: Invocation) {
    super();
    this.#flags = flags;
    this.#invocation = invocation;
  }

  pyTypeName(): string {
    return 'Flags';
  }

  override pyAttr(name: string): Value | undefined {
    const key = name.toLowerCase();
    if (key === 'which') return this.#invocation.which;
    if (key === 'invocation_command') return this.#invocation.command;
    const value = Object.hasOwn(this.#flags, key) ? this.#flags[key] : undefined;
    return value === undefined ? undefined : fromData(value);
  }
}
