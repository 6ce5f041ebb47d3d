import { Symbols } from './symbols.ts';

/** Where in the template the code generator is: the scope, and what output and assignments mean there. */
export class Frame {
  readonly symbols: Symbols;
  /** The variable of the array that takes the output. */
  buffer = 'o';
  /** Directly in the template: assignments are exported. */
  toplevel = false;
  /** Directly in the template and not even under an `if`. */
  rootlevel = false;
  loopFrame = false;
  blockFrame = false;
  /** Under an `if`, where an unknown filter is an error only if it is reached. */
  soft = false;
  requireOutputCheck = false;
  /** In the condition of an inline `if`, where that is a call in Python. */
  decides = false;

  constructor(symbols: Symbols = new Symbols()) {
    this.symbols = symbols;
  }

  #copy(symbols: Symbols): Frame {
    const frame = new Frame(symbols);
    frame.buffer = this.buffer;
    frame.requireOutputCheck = this.requireOutputCheck;
    return frame;
  }

  /** A scope inside this one. */
  inner(): Frame {
    return this.#copy(new Symbols(this.symbols));
  }

  /** The same scope, under a condition. */
  under(): Frame {
    const frame = this.#copy(this.symbols);
    frame.toplevel = this.toplevel;
    frame.loopFrame = this.loopFrame;
    frame.blockFrame = this.blockFrame;
    frame.soft = true;
    return frame;
  }
}
