import {
  type ContextEnvironment,
  dbtEnvironment,
  dependencyScope,
  explainTemplateError,
  type MacroLibrary,
  type ParseScope,
  parseScope,
  yamlScope,
} from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import {
  findCalls,
  fromData,
  JinjaError,
  literalCalls,
  literalCallsIn,
  perform,
  type Root,
  runSync,
  type Scope,
  scopeOf,
  str,
  toData,
  Undefined,
} from '../../jinja/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { plainRendered } from '../../util/plain-rendered.ts';
import type { Origin, WritableNode } from '../types.ts';
import { hasTemplate } from '../yaml/render.ts';
import { writtenKeywords } from './expression-text.ts';
import { fromLiteral, fromRecorded, NOTHING } from './extraction.ts';
import { NodeNames } from './names.ts';
import type { Described, Extraction, NameKind, Reference, Templates } from './templates.ts';

/** Templates as the engine renders them. */
export class LiveTemplates implements Templates {
  readonly #environment: ContextEnvironment;
  readonly #library: MacroLibrary;
  /** The macros that a macro names. */
  readonly #dependsOn: (uniqueId: string) => readonly string[];
  readonly #yamlScopes = new Map<string, Scope>();
  readonly #names: NodeNames;

  constructor(
    environment: ContextEnvironment,
    library: MacroLibrary,
    dependsOn: (uniqueId: string) => readonly string[],
  ) {
    this.#dependsOn = dependsOn;
    this.#environment = environment;
    this.#library = library;
    this.#names = new NodeNames(environment, library);
  }

  extract(node: WritableNode, origin: Origin, code: string): Extraction {
    if (!hasTemplate(code)) return NOTHING;
    return this.#explained(origin.file, () => {
      const root = this.#parsed(code, origin);
      const literal = this.#isLiteral(node) && !LOWER_CASE_LITERAL.test(code) ? literalCallsIn(root, code) : undefined;
      if (literal !== undefined) return fromLiteral(literal);
      const parse = this.#parseScope(node, () => root);
      this.#render(root, code, origin, parse.scope);
      return fromRecorded(parse.recorded());
    });
  }

  extractTest(node: WritableNode, args: DataMap, config: DataMap): Extraction {
    return this.#explained(undefined, () => {
      const parse = this.#parseScope(node, () => dbtEnvironment('parse').parse(node.raw_code));
      const kwargs = fromData(this.#testArguments(args, parse.scope));
      const scope = scopeOf({ _dbt_generic_test_kwargs: kwargs }, parse.scope);
      runSync(dbtEnvironment('parse').compile(node.raw_code).render(scope));
      const recorded = parse.recorded();
      // A test sees no macros but those that its own needs, which dbt looks up by name alone, and the one around its model.
      const own = this.#testMacros(node);
      const isSeen = this.#reachable([...own, ...this.#macroIds('get_where_subquery', node.package_name)]);
      const macros = [...new Set([...own, ...recorded.macros.filter(isSeen)])];
      return fromRecorded({ ...recorded, macros }, config);
    });
  }

  value(packageName: string, text: string, isSetting = false): Data {
    if (!hasTemplate(text)) return plainRendered(text);
    return this.#explained(undefined, () => {
      const value = runSync(dbtEnvironment('native').compile(text).renderNative(this.#yamlScope(packageName)));
      return isSetting && value instanceof Undefined ? '' : toData(value);
    });
  }

  description(text: string, { describes, doc }: Described): string {
    const environment = this.#environment;
    const { scope } = yamlScope({ environment, packageName: environment.rootPackage.name, doc, describes });
    return this.#explained(undefined, () => runSync(dbtEnvironment('runtime').compile(text).render(scope)));
  }

  name(kind: NameKind, custom: Data, node: WritableNode): string | null {
    return this.#names.of(kind, custom, node);
  }

  reference(text: string): Reference {
    const found = this.anyReference(text);
    if (found !== undefined) return found;
    throw new TsdbtError({ code: 'TSD1101', message: `Invalid ref or source expression: ${text}` });
  }

  anyReference(text: string): Reference | undefined {
    const literal = literalCalls(`{{ ${text} }}`);
    const [ref] = literal?.refs ?? [];
    if (ref !== undefined) return { kind: 'ref', ref };
    const [source] = literal?.sources ?? [];
    if (source !== undefined) return { kind: 'source', source };
    const { scope, recorded } = dependencyScope();
    this.#explained(undefined, () => runSync(dbtEnvironment('parse').compile(`{{ ${text} }}`).render(scope)));
    const { refs, sources, metrics } = recorded();
    const [first] = fromRecorded(recorded()).refs;
    if (refs.length > 0 && first !== undefined) return { kind: 'ref', ref: first };
    if (sources[0] !== undefined) return { kind: 'source', source: sources[0] };
    return metrics[0] === undefined ? undefined : { kind: 'metric', metric: metrics[0] };
  }

  macroId(name: string, packageName: string): string | undefined {
    return this.#library.find(name, packageName)?.uniqueId;
  }

  #testMacros({ raw_code: code, package_name: packageName }: WritableNode): readonly string[] {
    const [, namespace = '', name = ''] = /^\{\{ (\w+\.)?(\w+)\(/.exec(code) ?? [];
    const plain = this.#macroIds(name, packageName);
    return plain.length > 0 ? plain : this.#macroIds(`${namespace}${name}`, packageName);
  }

  #macroIds(name: string, packageName: string): readonly string[] {
    const id = this.macroId(name, packageName);
    return id === undefined ? [] : [id];
  }

  /** Whether a macro is one of these, or called by one of them on whatever way. */
  #reachable(from: readonly string[]): (uniqueId: string) => boolean {
    const seen = new Set<string>();
    const left = [...from];
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      left.push(...this.#dependsOn(id));
    }
    return (id) => seen.has(id);
  }

  #parsed(code: string, { file, linesBefore }: Origin): Root {
    try {
      return dbtEnvironment('parse').parse(code);
    } catch (error) {
      throw error instanceof JinjaError ? error.locate(file, linesBefore) : error;
    }
  }

  #parseScope(node: WritableNode, root: () => Root): ParseScope {
    return parseScope({
      environment: this.#environment,
      library: this.#library,
      node: node as unknown as Readonly<Record<string, unknown>>,
      packageName: node.package_name,
      relation: { database: node.database, schema: node.schema, identifier: node.alias },
      // dbt looks for the word and its parenthesis: with a space between them it reads nothing.
      unrenderedConfig: () => (node.raw_code.includes('config(') ? writtenConfig(root()) : undefined),
    });
  }

  /** A node is rendered once, and nobody wants the text: only what the tree cannot do itself is worth compiling. */
  #render(root: Root, code: string, { file, linesBefore }: Origin, scope: Scope): void {
    const environment = dbtEnvironment('parse');
    if (perform(environment, root, scope, { file, lineOffset: linesBefore, source: code })) return;
    runSync(environment.compile(code, { file, firstLine: linesBefore + 1 }).render(scope));
  }

  /** dbt reads plain SQL models without rendering, unless somebody has a macro named as one of these words. */
  #isLiteral(node: WritableNode): boolean {
    if (node.resource_type !== 'model' || this.#environment.flags.static_parser === false) return false;
    return ['ref', 'source', 'config'].every((word) => {
      const macro = this.#library.find(word, node.package_name);
      return macro === undefined || this.#isBuiltIn(macro.packageName);
    });
  }

  #testArguments(value: Data, scope: Scope, path = ''): Data {
    if (Array.isArray(value)) return value.map((item, index) => this.#testArguments(item, scope, `${path}.${index}`));
    if (isDataMap(value)) {
      const entries = Object.entries(value).map(([key, item]) => [
        key,
        this.#testArguments(item, scope, `${path}.${key}`),
      ]);
      return Object.fromEntries(entries);
    }
    if (typeof value !== 'string' || path === '.column_name') return value;
    const text = LOOKS_LIKE_CALL.test(value) ? `{{ ${value} }}` : value;
    if (!hasTemplate(text)) return plainRendered(text);
    const rendered = runSync(dbtEnvironment('native-parse').compile(text).renderNative(scope));
    return plainOrText(rendered);
  }

  #yamlScope(packageName: string): Scope {
    const known = this.#yamlScopes.get(packageName);
    const scope = known ?? yamlScope({ environment: this.#environment, packageName }).scope;
    this.#yamlScopes.set(packageName, scope);
    return scope;
  }

  #isBuiltIn(packageName: string): boolean {
    return this.#environment.dialect.internalPackages.includes(packageName);
  }

  #explained<T>(file: string | undefined, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explainTemplateError(error, file);
    }
  }
}

/** dbt's extractor knows Python's words only; a file that has Jinja's is rendered, and its settings are kept as written. */
const LOWER_CASE_LITERAL = /\{\{[^}]*[=:[,]\s*(?:true|false|none)\b/;
const LOOKS_LIKE_CALL = /^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$/;

/** A relation and its like stand for the text they print as. */
function plainOrText(value: unknown): Data {
  try {
    return toData(value);
  } catch {
    return str(value);
  }
}

/** The first config() of the code as it is written. */
function writtenConfig(root: Root): DataMap | undefined {
  for (const call of findCalls(root)) {
    if (call.name === 'config') return writtenKeywords(call.node);
  }
  return undefined;
}
