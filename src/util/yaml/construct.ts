import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { TsdbtError } from '../../error/index.ts';
import type { Data } from '../data.ts';
import { parseDocument, type YamlDocument, yamlPackage } from './document.ts';
import { keyText, resolveNumber, resolvePlain, resolveTimestamp } from './scalar.ts';

export interface Duplicate {
  readonly key: string;
  readonly line: number;
  readonly col: number;
}

type Node = ParsedNode | Alias | null;

/** Values of a document as PyYAML's SafeLoader constructs them. */
export function construct(text: string, file: string): { data: Data; duplicates: readonly Duplicate[] } {
  const parsed = parseDocument(text, file);
  const reader = new Constructor(parsed, text, file);
  return { data: reader.value(parsed.document.contents as Node), duplicates: reader.duplicates };
}

class Constructor {
  readonly duplicates: Duplicate[] = [];
  private readonly parsed: YamlDocument;
  private readonly text: string;
  private readonly file: string;
  private readonly yaml = yamlPackage();
  /** Values of nodes with an anchor, so that an alias is the same value; `undefined` while it is being made. */
  private readonly made = new Map<Node, Data | undefined>();

  constructor(parsed: YamlDocument, text: string, file: string) {
    this.parsed = parsed;
    this.text = text;
    this.file = file;
  }

  value(node: Node): Data {
    if (node === null) return null;
    if (this.yaml.isAlias(node)) return this.alias(node);
    if (this.yaml.isScalar(node)) return this.scalar(node as Scalar.Parsed);
    if (this.made.has(node)) {
      const known = this.made.get(node);
      if (known === undefined) throw this.wrong('the value contains itself', node);
      return known;
    }
    this.made.set(node, undefined);
    const value = this.yaml.isMap(node) ? this.map(node as YAMLMap.Parsed) : this.list(node as YAMLSeq.Parsed);
    this.made.set(node, value);
    return value;
  }

  private alias(alias: Alias): Data {
    const target = alias.resolve(this.parsed.document);
    if (target === undefined) throw this.wrong(`found undefined alias '${alias.source}'`, alias);
    return this.value(target as Node);
  }

  private scalar(node: Scalar.Parsed): Data {
    const text = String(node.value ?? '');
    const tag = node.tag?.replace('tag:yaml.org,2002:', '!!');
    if (tag === undefined) return node.type === 'PLAIN' ? this.plain(text, node) : this.cut(text, node);
    const value = this.tagged(tag, text);
    if (value === undefined) throw this.wrong(`could not determine a constructor for the tag '${node.tag}'`, node);
    return value;
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

  /** Undefined where PyYAML's SafeLoader refuses the tag or the value. */
  private tagged(tag: string, text: string): Data | undefined {
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

  private list(node: YAMLSeq.Parsed): Data {
    this.expectTag(node, '!!seq');
    return node.items.map((item) => this.value(item as Node));
  }

  private map(node: YAMLMap.Parsed): Data {
    this.expectTag(node, '!!map');
    const merged: [string, Data][] = [];
    const own: [string, Data][] = [];
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      if (this.isMerge(key as Node)) {
        merged.push(...this.merged(value as Node, key as Node));
        continue;
      }
      const name = this.key(key as Node);
      if (seen.has(name)) this.duplicates.push({ key: name, ...this.at(key as Node) });
      seen.add(name);
      own.push([name, this.value(value as Node)]);
    }
    return Object.fromEntries([...merged, ...own]);
  }

  private key(node: Node): string {
    const value = this.value(node);
    if (value !== null && typeof value === 'object' && (Array.isArray(value) || value.constructor === Object)) {
      throw this.wrong('found unhashable key', node, 'A value that starts with {{ must be put in quotes.');
    }
    return keyText(value);
  }

  private isMerge(key: Node): boolean {
    return this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<' && key.tag === undefined;
  }

  /** Entries of the maps that `<<` names; of two with one key the map named first wins. */
  private merged(node: Node, key: Node): [string, Data][] {
    const source = this.yaml.isAlias(node) ? (node.resolve(this.parsed.document) as Node) : node;
    if (this.yaml.isSeq(source)) return [...source.items].reverse().flatMap((item) => this.merged(item as Node, key));
    if (this.yaml.isMap(source)) return Object.entries(this.value(source as Node) as Record<string, Data>);
    throw this.wrong('expected a mapping or list of mappings for merging', key);
  }

  private expectTag(node: ParsedNode, tag: string): void {
    const given = node.tag?.replace('tag:yaml.org,2002:', '!!');
    if (given !== undefined && given !== tag) {
      throw this.wrong(`could not determine a constructor for the tag '${node.tag}'`, node);
    }
  }

  private at(node: Node): { line: number; col: number } {
    return this.parsed.place(node?.range?.[0] ?? 0);
  }

  private wrong(message: string, node: Node, hint?: string): TsdbtError {
    return new TsdbtError({ code: 'TSD1002', message, at: { file: this.file, ...this.at(node) }, hint });
  }
}
