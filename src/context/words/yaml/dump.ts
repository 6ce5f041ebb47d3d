import type { Value } from '../../../jinja/index.ts';
import { Page } from './page.ts';
import { represent, type YamlNode } from './represent.ts';
import { isMultiline, isPlain, writePlain, writeText } from './scalars.ts';

/** Longer keys stand behind a `?`. */
const LONGEST_KEY = 128;

/** Python's yaml.safe_dump in block style. */
export function dumpYaml(value: Value, sortKeys: boolean): string {
  const root = represent(value, sortKeys);
  const page = new Page();
  new Emitter(page, sharedNodes(root)).node(root, undefined, 'item');
  if (page.column > 0) page.lineBreak();
  // What says where a plain text at the top ends.
  const isOpen = root.kind === 'scalar' && root.tag !== '!!binary' && isPlain(root);
  return isOpen ? `${page.text}...\n` : page.text;
}

/** What is met more than once, with the name it is given where it stands first; names are counted as they are needed. */
function sharedNodes(root: YamlNode): ReadonlyMap<YamlNode, string> {
  const seen = new Set<YamlNode>();
  const names = new Map<YamlNode, string>();
  const visit = (node: YamlNode): void => {
    if (seen.has(node)) {
      if (!names.has(node)) names.set(node, `id${String(names.size + 1).padStart(3, '0')}`);
      return;
    }
    seen.add(node);
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind === 'map') for (const pair of node.pairs) pair.forEach(visit);
  };
  visit(root);
  return names;
}

/** Where a node stands: behind `- `, `? ` or `: `; or as the key or the value of a map's line. */
type Place = 'item' | 'key' | 'value';

class Emitter {
  readonly #page: Page;
  readonly #names: ReadonlyMap<YamlNode, string>;
  readonly #written = new Set<YamlNode>();

  constructor(page: Page, names: ReadonlyMap<YamlNode, string>) {
    this.#page = page;
    this.#names = names;
  }

  /** `indent`: that of the collection around it; undefined at the top. */
  node(node: YamlNode, indent: number | undefined, place: Place): void {
    const name = this.#names.get(node);
    if (name !== undefined && this.#written.has(node)) {
      this.#page.sign(`*${name}`, true);
      return;
    }
    this.#written.add(node);
    if (name !== undefined) this.#page.sign(`&${name}`, true);
    if (node.kind === 'scalar') this.#scalar(node, indent, place);
    else if (node.kind === 'list') this.#list(node.items, indent, place);
    else this.#map(node, indent);
  }

  #scalar(node: YamlNode & { kind: 'scalar' }, indent: number | undefined, place: Place): void {
    const inner = (indent ?? 0) + 2;
    if (node.tag === '!!binary') this.#binary(node.text, inner);
    else if (node.isText) writeText(this.#page, node, inner, place === 'key');
    else writePlain(this.#page, node.text, inner, false);
  }

  /** In lines of 76 characters, as Python's encodebytes writes them. */
  #binary(text: string, indent: number): void {
    this.#page.sign('!!binary', true);
    this.#page.sign('|', true);
    for (const line of text.match(/.{1,76}/g) ?? []) {
      this.#page.lineBreak();
      this.#page.indent(indent);
      this.#page.write(line);
    }
    this.#page.lineBreak();
  }

  #list(items: readonly YamlNode[], indent: number | undefined, place: Place): void {
    if (items.length === 0) this.#page.sign('[]', true);
    // The value of a map's line stands at the map's own indentation.
    const isFlush = place !== 'item' && !this.#page.indention;
    const own = indent === undefined ? 0 : isFlush ? indent : indent + 2;
    for (const item of items) {
      this.#page.indent(own);
      this.#page.sign('-', true, true);
      this.node(item, own, 'item');
    }
  }

  #map(node: YamlNode & { kind: 'map' }, indent: number | undefined): void {
    if (node.tag !== undefined) this.#page.sign(node.tag, true);
    if (node.pairs.length === 0) this.#page.sign('{}', true);
    const own = indent === undefined ? 0 : indent + 2;
    for (const [key, value] of node.pairs) {
      this.#page.indent(own);
      if (this.#isSimple(key)) {
        this.node(key, own, 'key');
        this.#page.sign(':', false);
      } else {
        this.#page.sign('?', true, true);
        this.node(key, own, 'value');
        this.#page.indent(own);
        this.#page.sign(':', true, true);
      }
      this.node(value, own, 'value');
    }
  }

  #isSimple(key: YamlNode): boolean {
    const name = this.#names.get(key);
    if (name !== undefined && this.#written.has(key)) return true;
    const anchor = name === undefined ? 0 : name.length;
    if (key.kind !== 'scalar') {
      return (key.kind === 'list' ? key.items : key.pairs).length === 0 && anchor + 5 < LONGEST_KEY;
    }
    if (key.tag === '!!binary' || key.text === '' || isMultiline(key.text)) return false;
    return anchor + key.tag.length + key.text.length < LONGEST_KEY;
  }
}
