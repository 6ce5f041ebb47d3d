import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../data.ts';
import { parseDocument, type YamlDocument, yamlPackage } from './document.ts';
import { keyText, resolveNumber, resolvePlain, resolveTimestamp } from './scalar.ts';

export interface Duplicate {
  readonly key: string;
  readonly line: number;
  readonly col: number;
}

type Node = ParsedNode | Alias | null;

/** What the values of a document become. A collection is made empty and filled, so that it can hold itself. */
export interface Making<T> {
  scalar(value: Data): T;
  /** A scalar or mapping whose tag the plain rules do not know; undefined where nobody does. */
  tagged(tag: string, content: string | T): T | undefined;
  list(): T;
  add(list: T, item: T): void;
  map(): T;
  set(map: T, key: T, value: T): void;
  entries(map: T): Iterable<readonly [T, T]>;
  /** The name of a key for messages; undefined where the value cannot be a key. */
  keyName(key: T): string | undefined;
  /** Whether a collection may hold itself. */
  readonly cycles: boolean;
}

interface Constructed<T> {
  readonly data: T;
  readonly duplicates: readonly Duplicate[];
}

/** Values of a document as PyYAML's SafeLoader constructs them. */
export function construct(text: string, file: string): Constructed<Data> {
  return constructAs(text, file, PLAIN);
}

export function constructAs<T>(text: string, file: string, making: Making<T>): Constructed<T> {
  const parsed = parseDocument(text, file);
  const reader = new Constructor(parsed, text, file, making);
  return { data: reader.value(parsed.document.contents as Node), duplicates: reader.duplicates };
}

/** Plain data: keys are text. */
const PLAIN: Making<Data> = {
  scalar: (value) => value,
  tagged: () => undefined,
  list: () => [],
  add: (list, item) => {
    (list as Data[]).push(item);
  },
  map: () => ({}),
  set: (map, key, value) => {
    Object.defineProperty(map, keyText(key), { value, enumerable: true, writable: true, configurable: true });
  },
  entries: (map) => Object.entries(map as DataMap),
  keyName: (key) => (Array.isArray(key) || isDataMap(key) ? undefined : keyText(key)),
  cycles: false,
};

class Constructor<T> {
  readonly duplicates: Duplicate[] = [];
  private readonly parsed: YamlDocument;
  private readonly text: string;
  private readonly file: string;
  private readonly making: Making<T>;
  private readonly yaml = yamlPackage();
  /** Values of collections, so that an alias is the same value. */
  private readonly made = new Map<Node, T>();
  private readonly open = new Set<Node>();

  constructor(parsed: YamlDocument, text: string, file: string, making: Making<T>) {
    this.parsed = parsed;
    this.text = text;
    this.file = file;
    this.making = making;
  }

  value(node: Node): T {
    if (node === null) return this.making.scalar(null);
    if (this.yaml.isAlias(node)) return this.alias(node);
    if (this.yaml.isScalar(node)) return this.scalar(node as Scalar.Parsed);
    const known = this.made.get(node);
    if (known !== undefined) {
      if (this.open.has(node) && !this.making.cycles) throw this.wrong('the value contains itself', node);
      return known;
    }
    this.open.add(node);
    const value = this.yaml.isMap(node) ? this.map(node as YAMLMap.Parsed) : this.list(node as YAMLSeq.Parsed);
    this.open.delete(node);
    return value;
  }

  private alias(alias: Alias): T {
    const target = alias.resolve(this.parsed.document);
    if (target === undefined) throw this.wrong(`found undefined alias '${alias.source}'`, alias);
    return this.value(target as Node);
  }

  private scalar(node: Scalar.Parsed): T {
    const text = String(node.value ?? '');
    const tag = shortTag(node);
    if (tag === undefined)
      return this.making.scalar(node.type === 'PLAIN' ? this.plain(text, node) : this.cut(text, node));
    const value = tagged(tag, text);
    if (value !== undefined) return this.making.scalar(value);
    return this.making.tagged(tag, text) ?? this.unknownTag(node);
  }

  /** A block scalar whose last line no line break ends does not end with one, other than the package thinks. */
  private cut(text: string, node: Scalar.Parsed): string {
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const isLast = node.range[1] === this.text.length && /[^ \n][^\n]*$/.test(this.text);
    return isBlock && isLast && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  private plain(text: string, node: Scalar.Parsed): Data {
    if (text !== '=') return resolvePlain(text);
    throw this.wrong("could not determine a constructor for the tag 'tag:yaml.org,2002:value'", node);
  }

  private list(node: YAMLSeq.Parsed): T {
    if (shortTag(node) !== undefined && shortTag(node) !== '!!seq') this.unknownTag(node);
    const list = this.making.list();
    this.made.set(node, list);
    for (const item of node.items) this.making.add(list, this.value(item as Node));
    return list;
  }

  private map(node: YAMLMap.Parsed): T {
    const tag = shortTag(node) ?? '!!map';
    const map = this.making.map();
    this.made.set(node, map);
    const pairs = node.items.filter(({ key }) => !this.isMerge(key as Node));
    // Merged entries come first, and give way to the map's own.
    for (const { key, value } of node.items) {
      if (!this.isMerge(key as Node)) continue;
      for (const [name, item] of this.merged(value as Node, key as Node)) this.making.set(map, name, item);
    }
    const seen = new Set<string>();
    for (const { key, value } of pairs) {
      const own = this.value(key as Node);
      const name = this.making.keyName(own);
      if (name === undefined)
        throw this.wrong('found unhashable key', key as Node, 'A value that starts with {{ must be put in quotes.');
      if (seen.has(name)) this.duplicates.push({ key: name, ...this.at(key as Node) });
      seen.add(name);
      this.making.set(map, own, this.value(value as Node));
    }
    if (tag === '!!map') return map;
    const value = this.making.tagged(tag, map) ?? this.unknownTag(node);
    this.made.set(node, value);
    return value;
  }

  private isMerge(key: Node): boolean {
    return this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<' && key.tag === undefined;
  }

  /** Entries of the maps that `<<` names; of two with one key the map named first wins. */
  private merged(node: Node, key: Node): (readonly [T, T])[] {
    const source = this.yaml.isAlias(node) ? (node.resolve(this.parsed.document) as Node) : node;
    if (this.yaml.isSeq(source)) return [...source.items].reverse().flatMap((item) => this.merged(item as Node, key));
    if (this.yaml.isMap(source)) return [...this.making.entries(this.value(source as Node))];
    throw this.wrong('expected a mapping or list of mappings for merging', key);
  }

  private unknownTag(node: ParsedNode): never {
    throw this.wrong(`could not determine a constructor for the tag '${node.tag}'`, node);
  }

  private at(node: Node): { line: number; col: number } {
    return this.parsed.place(node?.range?.[0] ?? 0);
  }

  private wrong(message: string, node: Node, hint?: string): TsdbtError {
    return new TsdbtError({ code: 'TSD1002', message, at: { file: this.file, ...this.at(node) }, hint });
  }
}

function shortTag(node: ParsedNode): string | undefined {
  return node.tag?.replace('tag:yaml.org,2002:', '!!');
}

/** Undefined where PyYAML's SafeLoader refuses the tag or the value. */
function tagged(tag: string, text: string): Data | undefined {
  const resolved = resolvePlain(text);
  switch (tag) {
    case '!':
    case '!!str':
      return text;
    case '!!null':
      return null;
    case '!!bool':
      return typeof resolved === 'boolean' ? resolved : undefined;
    case '!!int':
      return typeof resolved === 'number' || typeof resolved === 'bigint' ? resolved : undefined;
    case '!!float':
      return resolveNumber(/^[-+]?\d+$/.test(text) ? `${text}.0` : text) ?? undefined;
    case '!!timestamp':
      return resolveTimestamp(text) ?? undefined;
    default:
      return undefined;
  }
}
