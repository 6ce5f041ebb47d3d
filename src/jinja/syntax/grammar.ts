import type { LexerOptions } from './lexer.ts';
import type * as nodes from './nodes.ts';
import type { Token } from './tokens.ts';

/** What changes the grammar. */
export interface SyntaxOptions extends LexerOptions {
  /** The name under which a `{% macro %}` is stored. */
  readonly macroName?: ((name: string) => string) | undefined;
  /** Whether macro arguments may carry a type, as in `a: Dict[str, int] = none`. */
  readonly typedSignatures?: boolean | undefined;
  /** Further tags that define a macro. */
  readonly extraBlocks?: readonly BlockTag[] | undefined;
}

export interface Signature {
  readonly args: nodes.Name[];
  readonly defaults: nodes.Expr[];
}

/** A tag whose body becomes a macro under a name of its own, such as `{% materialization x, adapter='y' %}`. */
export interface BlockTag {
  readonly tag: string;
  /** Reads what follows the tag's word, up to its end; gives the name to store under and the arguments. */
  readonly parse: (p: Grammar) => { readonly name: string } & Signature;
}

export interface TupleRules {
  /** Only names and literals. */
  readonly simplified?: boolean;
  readonly withoutCondition?: boolean;
  readonly parenthesized?: boolean;
  readonly withNamespace?: boolean;
}

/** The parser as the parts of the grammar see it: a stream of tokens, and the rules that others need. */
export interface Grammar {
  readonly options: SyntaxOptions;
  readonly current: Token;
  /** The current token's text where it is a name. */
  readonly word: string | undefined;
  readonly marks: Set<string>;
  /** Goes one token ahead and gives the one left behind. */
  nextToken(): Token;
  /** The token after the current one. */
  peekToken(): Token;
  test(expected: string): boolean;
  testAny(expected: readonly string[]): boolean;
  skipIf(expected: string): boolean;
  expect(expected: string): Token;
  fail(message: string, line?: number): never;
  failAssertion(message: string, line: number): never;
  parseExpression(): nodes.Expr;
  parseOr(): nodes.Expr;
  parseTuple(rules?: TupleRules): nodes.Expr;
  parseStatements(ends: readonly string[], dropEnd?: boolean): nodes.Stmt[];
  parseSignature(): Signature;
  /** An argument with its default, for tags that add arguments of their own. */
  parameter(name: string, fallback: nodes.Expr): Signature;
  constantList(values: readonly unknown[]): nodes.Expr;
}
