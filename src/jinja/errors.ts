import { nearest } from '../util/nearest.ts';

/** One level of the template call stack: the line that was running, the macro it stands in, the file it came from. */
export interface TemplateFrame {
  readonly line: number;
  readonly macro?: string | undefined;
  readonly file?: string | undefined;
  /** The line itself. */
  readonly text?: string | undefined;
}

/** Python's and Jinja's exception classes that templates can meet, each with its parent. */
const PARENTS: Readonly<Record<string, string>> = {
  TemplateAssertionError: 'TemplateSyntaxError',
  TemplateSyntaxError: 'TemplateError',
  UndefinedError: 'TemplateRuntimeError',
  SecurityError: 'TemplateRuntimeError',
  FilterArgumentError: 'TemplateRuntimeError',
  TemplateRuntimeError: 'TemplateError',
  TemplatesNotFound: 'TemplateNotFound',
  TemplateNotFound: 'TemplateError',
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  ZeroDivisionError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  UnicodeError: 'ValueError',
  RecursionError: 'RuntimeError',
};

/**
 * An error of a template, named after the Python class Jinja2 would have raised. `message` is Python's text.
 * `templateFrames` runs from the innermost frame outwards; `line` is the line of the innermost one, or where the syntax is wrong.
 */
export class JinjaError extends Error {
  readonly kind: string;
  readonly templateFrames: TemplateFrame[] = [];
  /** The name that is not there, where it is one that somebody might have mistyped; `hint`: what was most likely meant. */
  missing: string | undefined;
  hint: string | undefined;
  #line: number | undefined;
  #file: string | undefined;

  constructor(kind: string, message: string, line?: number, file?: string) {
    super(message);
    this.name = 'JinjaError';
    this.kind = kind;
    this.#line = line;
    this.#file = file;
  }

  get line(): number | undefined {
    return this.#line ?? this.templateFrames[0]?.line;
  }

  get file(): string | undefined {
    return this.#file ?? this.templateFrames[0]?.file;
  }

  /** Says where a syntax error lies, once that is known. */
  locate(file: string | undefined, lineOffset: number): this {
    this.#file ??= file;
    if (this.#line !== undefined) this.#line += lineOffset;
    return this;
  }

  /** Looks for what was meant, once, among the names that are known where the name was asked for. */
  suggest(known: () => Iterable<string>): this {
    if (this.missing === undefined) return this;
    const meant = nearest(this.missing, [...known()]);
    this.missing = undefined;
    if (meant !== undefined) this.hint = `Did you mean '${meant}'?`;
    return this;
  }

  /** Whether this is an error of that class or of one derived from it, as Python's `except` decides. */
  isA(kind: string): boolean {
    for (let k: string | undefined = this.kind; k !== undefined; k = PARENTS[k]) if (k === kind) return true;
    return kind === 'Exception';
  }
}

export function syntaxError(message: string, line: number): JinjaError {
  return new JinjaError('TemplateSyntaxError', message, line);
}

export function typeError(message: string): JinjaError {
  return new JinjaError('TypeError', message);
}

export function valueError(message: string): JinjaError {
  return new JinjaError('ValueError', message);
}
