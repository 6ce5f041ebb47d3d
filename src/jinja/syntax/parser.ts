import nunjucks from 'nunjucks/src/parser.js';
import { JinjaError, syntaxError } from '../errors.ts';
import { parseExpression, parseOr, parseTuple } from './expressions.ts';
import type { BlockTag, Grammar, Signature, SyntaxOptions, TupleRules } from './grammar.ts';
import { tokenize } from './lexer.ts';
import * as nodes from './nodes.ts';
import { parseSignature } from './signature.ts';
import { STATEMENTS } from './statements.ts';
import { describeExpected, describeToken, matches, quoted, type Token } from './tokens.ts';

/** nunjucks' Parser over our tokens: a stream with one token in hand, and Jinja2's error messages. The grammar lies in functions beside it. */
export class JinjaParser extends nunjucks.Parser implements Grammar {
  declare readonly options: SyntaxOptions;
  declare readonly marks: Set<string>;
  declare private at: number;
  declare private readonly tagStack: string[];
  declare private readonly endStack: (readonly string[])[];

  override init(source: any): void {
    super.init(source.tokens);
    Object.assign(this, { options: source.options, at: 0, marks: new Set(), tagStack: [], endStack: [] });
    this.checkToken();
  }

  get current(): Token {
    return this.tokens[this.at];
  }

  get word(): string | undefined {
    const { type, value } = this.current;
    return type === 'name' ? value : undefined;
  }

  private checkToken(): void {
    if (this.current.type === 'error') throw this.current.value;
  }

  /** Goes one token ahead and gives the one left behind. */
  override nextToken(): Token {
    const token = this.current;
    if (token.type !== 'eof') {
      this.at++;
      this.checkToken();
    }
    return token;
  }

  /** The token after the current one. */
  override peekToken(): Token {
    const next = this.tokens[Math.min(this.at + 1, this.tokens.length - 1)] as Token;
    if (next.type === 'error') throw next.value;
    return next;
  }

  test(expected: string): boolean {
    return matches(this.current, expected);
  }

  testAny(expected: readonly string[]): boolean {
    return expected.some((one) => matches(this.current, one));
  }

  skipIf(expected: string): boolean {
    if (!matches(this.current, expected)) return false;
    this.nextToken();
    return true;
  }

  expect(expected: string): Token {
    const token = this.current;
    if (matches(token, expected)) return this.nextToken();
    const wanted = describeExpected(expected);
    if (token.type === 'eof') throw syntaxError(`unexpected end of template, expected '${wanted}'.`, token.line);
    throw syntaxError(`expected token '${wanted}', got ${quoted(describeToken(token))}`, token.line);
  }

  override fail(message: string, line = this.current.line): never {
    throw syntaxError(message, line);
  }

  failAssertion(message: string, line: number): never {
    throw new JinjaError('TemplateAssertionError', message, line);
  }

  /** One `{% %}` tag, from its first word up to its end, which is left to the caller. */
  parseStatement(): nodes.Stmt {
    const token = this.current;
    if (token.type !== 'name') this.fail('tag name expected', token.line);
    const extra = this.options.extraBlocks?.find((block) => block.tag === token.value);
    const parse = Object.hasOwn(STATEMENTS, token.value) ? STATEMENTS[token.value] : undefined;
    if (parse === undefined && extra === undefined) this.failUnexpected(token.value, this.endStack, token.line);
    this.marks.add(token.value);
    this.tagStack.push(token.value);
    const node = extra === undefined ? parse!(this) : this.parseBlockTag(extra);
    this.tagStack.pop();
    return node;
  }

  private parseBlockTag(block: BlockTag): nodes.Stmt {
    const { line } = this.nextToken();
    const signature = block.parse(this);
    const body = this.parseStatements([`name:end${block.tag}`], true);
    return new nodes.Macro(line, { ...signature, body });
  }

  /** A body up to one of the end tags, which stays the current token unless it is to be dropped. */
  parseStatements(ends: readonly string[], dropEnd = false): nodes.Stmt[] {
    this.skipIf('colon');
    this.expect('block_end');
    const body = this.parseBody(ends);
    if (this.current.type === 'eof') this.failUnexpected(undefined, [...this.endStack, ends]);
    if (dropEnd) this.nextToken();
    return body;
  }

  private parseBody(ends: readonly string[] | undefined): nodes.Stmt[] {
    const body: nodes.Stmt[] = [];
    let output: nodes.Expr[] = [];
    const flush = () => {
      if (output.length > 0) body.push(new nodes.Output(output[0]!.lineno, { nodes: output }));
      output = [];
    };
    if (ends !== undefined) this.endStack.push(ends);
    for (let token = this.current; token.type !== 'eof'; token = this.current) {
      if (token.type === 'data') {
        output.push(new nodes.TemplateData(token.line, { data: token.value }));
        this.nextToken();
      } else if (token.type === 'variable_begin') {
        this.nextToken();
        output.push(this.parseTuple());
        this.expect('variable_end');
      } else {
        flush();
        this.nextToken();
        if (ends !== undefined && this.testAny(ends)) {
          this.endStack.pop();
          return body;
        }
        body.push(this.parseStatement());
        this.expect('block_end');
      }
    }
    flush();
    if (ends !== undefined) this.endStack.pop();
    return body;
  }

  parseExpression(): nodes.Expr {
    return parseExpression(this);
  }

  parseOr(): nodes.Expr {
    return parseOr(this);
  }

  parseTuple(rules: TupleRules = {}): nodes.Expr {
    return parseTuple(this, rules);
  }

  parseSignature(): Signature {
    return parseSignature(this);
  }

  parameter(name: string, fallback: nodes.Expr): Signature {
    return { args: [new nodes.Name(this.current.line, { name, ctx: 'param' })], defaults: [fallback] };
  }

  constantList(values: readonly unknown[]): nodes.Expr {
    const { line } = this.current;
    return new nodes.List(line, { items: values.map((value) => new nodes.Const(line, { value })) });
  }

  override parseAsRoot(): nodes.Root {
    return new nodes.Root(1, { body: this.parseBody(undefined), marks: this.marks });
  }

  /** An unknown tag (`name`), or the end of the file while a tag is open. */
  private failUnexpected(name: string | undefined, ends: readonly (readonly string[])[], line?: number): never {
    const message = [name === undefined ? 'Unexpected end of template.' : `Encountered unknown tag ${quoted(name)}.`];
    const innermost = ends.at(-1);
    if (innermost !== undefined) {
      const looking = innermost.map((end) => `'${describeExpected(end)}'`).join(' or ');
      const known = name !== undefined && ends.some((list) => list.some((end) => describeExpected(end) === name));
      message.push(
        known
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`
          : `Jinja was looking for the following tags: ${looking}.`,
      );
    }
    const open = this.tagStack.at(-1);
    if (open !== undefined) message.push(`The innermost block that needs to be closed is '${open}'.`);
    this.fail(message.join(' '), line);
  }
}

export function parse(source: string, options: SyntaxOptions): nodes.Root {
  return new JinjaParser({ tokens: tokenize(source, options), options }).parseAsRoot();
}
