import type { Value } from '../../jinja/index.ts';

/** What `return()` throws. No Error: it is control flow, and a stack would cost more than the macro. */
export class MacroReturn {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}
