import type * as nodes from '../syntax/nodes.ts';
import type { Value } from '../values/object.ts';
import type { FoldHome } from './fold.ts';
import type { Frame } from './frame.ts';

/** What the code generator must know of its environment. */
export interface CompilerOptions {
  readonly native: boolean;
  readonly autoescape: boolean;
  /** Whether the output is to say which template line each part of it came from. */
  readonly mapped: boolean;
  /** Whether a filter is the host's, so that it may wait. */
  readonly isHostFilter: (name: string) => boolean;
  readonly home: FoldHome;
}

/** The code generator as the writers of the single nodes see it. */
export interface Emitter {
  readonly options: CompilerOptions;
  /** Whether the template may escape HTML. */
  readonly escaping: boolean;
  /** The parser's notes on what occurs in the template. */
  readonly marks: ReadonlySet<string>;
  /** Parameters that a macro has not given a value yet, for each macro being written. */
  readonly openParameters: Set<string>[];
  /** Names assigned by the statement being written. */
  readonly assigned: Set<string>[];
  /** The template line noted last; 0 where control flow makes that uncertain. */
  lastLine: number;
  hasKnownExtends: boolean;
  extendsSoFar: number;
  loopDepth: number;
  /** Whether the rest of the body being written cannot be reached: Jinja2 does not look at it. */
  ended: boolean;
  /** Whether text written now is escaped; `volatile` where that is only known in the run, and then nothing is folded. */
  autoescape: boolean | 'volatile';
  /** The value of an expression that Jinja2 computes while it compiles; undefined where it does not. */
  fold(node: nodes.Expr): { readonly value: Value } | undefined;
  fail(message: string, line: number): never;
  /** For a filter or a test that is not there. */
  failUnknown(kind: 'filter' | 'test', name: string, line: number): never;
  /** What only Python's own compiler refuses, which comes after all that Jinja2 refuses; in the order of its stages. */
  refuse(message: string, line: number, stage: 'parser' | 'symbols' | 'compiler'): void;
  compileBody(body: readonly nodes.Stmt[], frame: Frame): void;
  _emitLine(code: string): void;
  /** A JavaScript variable of the function being written, declared at its top: as in Python, all variables are the function's. */
  variable(name: string): string;
  temporary(): string;
  /** Notes the template line for what follows, for error messages. */
  line(line: number): void;
  /** For what Jinja2 writes without a line of its own: it counts as the line noted before it in the text. */
  sameLine(): void;
  /** A filter or test as a constant of the module. */
  helper(kind: 'filter' | 'test', name: string): string;
  /** Starts a function; all that is written until `endFunction` is its body. */
  beginFunction(parameters?: readonly string[]): void;
  /** Ends the function and gives its text. */
  endFunction(head: string, frameName: string, tail?: string): string;
  /** Gives every variable of a scope its first value. */
  enter(frame: Frame): void;
  leave(frame: Frame): void;
  /** Starts a scope's own output; what is printed from here goes there. */
  captureOutput(frame: Frame): string;
}
