import type { At } from '../../error/index.ts';
import type { ColumnInfo, DocNode, SemanticModelNode } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import type { Problems } from '../problems.ts';
import { NameIndex, searchOrder } from '../resolve/index-by-name.ts';
import type { Templates } from '../templating/templates.ts';
import type { Found, Writable, WritableNode } from '../types.ts';
import { hasTemplate } from '../yaml/render.ts';

interface Describing {
  readonly templates: Templates;
  readonly problems: Problems;
  readonly root: string;
  readonly nodeFirst: boolean;
}

/** Renders every description, with `doc()`, and notes which docs blocks it shows. */
export function describeAll(found: Found, describing: Describing): void {
  const docs = new DocsLookup(found.docs, describing);
  const each = (owner: Owner): Describer =>
    new Describer(owner, docs, describing, found.described.get(owner.unique_id) ?? found.places.get(owner.unique_id));
  for (const { node } of found.nodes.values()) describeNode(node, each(node));
  for (const source of found.sources.values()) {
    const describer = each(source);
    describeNode(source, describer);
    source.source_description = describer.render(source.source_description);
  }
  for (const macro of found.macros.values()) {
    const describer = each(macro);
    macro.description = describer.render(macro.description);
    if (macro.arguments.some((argument) => hasTemplate(argument.description))) {
      macro.arguments = macro.arguments.map((argument) => ({
        ...argument,
        description: describer.render(argument.description),
      }));
    }
  }
  for (const metric of found.metrics.values()) metric.description = each(metric).render(metric.description ?? '');
  for (const model of found.semanticModels.values()) describeSemanticModel(model, each(model));
  for (const query of found.savedQueries.values()) {
    if (query.description !== null) query.description = each(query).render(query.description);
  }
  for (const exposure of found.exposures.values()) exposure.description = each(exposure).render(exposure.description);
}

function describeSemanticModel(model: Writable<SemanticModelNode>, describer: Describer): void {
  if (model.description !== null) model.description = describer.render(model.description);
  const rendered = (elements: readonly DataMap[]): readonly DataMap[] =>
    elements.map((element) => {
      const { description } = element;
      return typeof description === 'string' ? { ...element, description: describer.render(description) } : element;
    });
  model.dimensions = rendered(model.dimensions);
  model.measures = rendered(model.measures);
  model.entities = rendered(model.entities);
}

interface Owner {
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
}

interface Described {
  description: string;
  doc_blocks: readonly string[];
  columns: Readonly<Record<string, ColumnInfo>>;
}

function describeNode(node: (WritableNode | Owner) & Described, describer: Describer): void {
  node.doc_blocks = describer.blocksOf(node.description);
  node.description = describer.render(node.description);
  const columns = Object.values(node.columns);
  if (!columns.some((column) => hasTemplate(column.description))) return;
  const described = columns.map(
    (column): Writable<ColumnInfo> => ({
      ...column,
      doc_blocks: describer.blocksOf(column.description),
      description: describer.render(column.description),
    }),
  );
  node.columns = Object.fromEntries(described.map((column) => [column.name, column]));
}

const DOC_CALL = /\{\{-?\s*doc\(\s*(?:(['"])([^'"]*)\1\s*,\s*)?(['"])([^'"]*)\3\s*\)\s*-?\}\}/g;

class Describer {
  readonly #owner: Owner;
  readonly #docs: DocsLookup;
  readonly #describing: Describing;
  readonly #at: (() => At) | undefined;

  constructor(owner: Owner, docs: DocsLookup, describing: Describing, at: (() => At) | undefined) {
    this.#owner = owner;
    this.#docs = docs;
    this.#describing = describing;
    this.#at = at;
  }

  render(text: string): string {
    if (!hasTemplate(text)) return text;
    const { templates, problems } = this.#describing;
    const { unique_id: describes, package_name: packageName } = this.#owner;
    const doc = (given: string | null, name: string): string | undefined =>
      this.#docs.find(name, given, packageName)?.block_contents;
    return problems.attempt(() => templates.description(text, { packageName, describes, doc }), this.#at) ?? text;
  }

  /** unique_ids of the blocks a text plainly names. */
  blocksOf(text: string): readonly string[] {
    if (!hasTemplate(text)) return [];
    return [...text.matchAll(DOC_CALL)].flatMap(([, , packageName, , name = '']) => {
      const doc = this.#docs.find(name, packageName ?? null, this.#owner.package_name);
      return doc === undefined ? [] : [doc.unique_id];
    });
  }
}

class DocsLookup {
  readonly #docs: ReadonlyMap<string, DocNode>;
  readonly #index = new NameIndex();
  readonly #root: string;
  readonly #nodeFirst: boolean;

  constructor(docs: ReadonlyMap<string, DocNode>, { root, nodeFirst }: Describing) {
    this.#docs = docs;
    this.#root = root;
    this.#nodeFirst = nodeFirst;
    for (const doc of docs.values()) this.#index.add(doc.name, doc.package_name, doc.unique_id);
  }

  find(name: string, packageName: string | null, nodePackage: string): DocNode | undefined {
    for (const each of searchOrder(this.#root, nodePackage, packageName, this.#nodeFirst)) {
      const [id] = this.#index.find(name, each);
      if (id !== undefined) return this.#docs.get(id);
    }
    return undefined;
  }
}
