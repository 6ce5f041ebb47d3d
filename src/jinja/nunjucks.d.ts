/** nunjucks ships no types for the classes we extend; these are the members we rely on, nothing more. */

declare module 'nunjucks/src/nodes.js' {
  class Node {
    constructor(...args: any[]);
    lineno: number;
    colno: number;
    get typename(): string;
    get fields(): readonly string[];
    init(...args: any[]): void;
    findAll(type: unknown, results?: Node[]): Node[];
  }
  const nodes: { Node: typeof Node };
  export default nodes;
}

declare module 'nunjucks/src/parser.js' {
  class Parser {
    constructor(...args: any[]);
    tokens: any;
    init(tokens: any): void;
    nextToken(): any;
    peekToken(): any;
    fail(message: string, lineno?: number, colno?: number): never;
    parseAsRoot(): any;
  }
  const parser: { Parser: typeof Parser };
  export default parser;
}

declare module 'nunjucks/src/compiler.js' {
  class Compiler {
    constructor(...args: any[]);
    codebuf: string[];
    init(templateName?: string, throwOnUndefined?: boolean): void;
    fail(message: string, lineno?: number, colno?: number): never;
    _emit(code: string): void;
    _emitLine(code: string): void;
    _tmpid(): string;
    compile(node: any, frame?: any): void;
    getCode(): string;
  }
  const compiler: { Compiler: typeof Compiler };
  export default compiler;
}

declare module 'nunjucks/src/environment.js' {
  class Environment {
    constructor(...args: any[]);
    opts: Record<string, unknown>;
    globals: Record<string, any>;
    filters: Record<string, any>;
    tests: Record<string, any>;
    loaders: any[];
    init(loaders: any, opts?: any): void;
    addFilter(name: string, filter: any): this;
    addTest(name: string, test: any): this;
    addGlobal(name: string, value: any): this;
  }
  class Template {
    constructor(...args: any[]);
    env: any;
    path: string | undefined;
    tmplStr: string;
    blocks: Record<string, any>;
    rootRenderFunc: any;
    compiled: boolean;
    init(...args: any[]): void;
    compile(): void;
    _compile(): void;
  }
  const environment: { Environment: typeof Environment; Template: typeof Template };
  export default environment;
}
