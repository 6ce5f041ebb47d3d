import { TsdbtError } from '../../error/index.ts';
import type { DisabledEntry, Draft, Found } from '../types.ts';
import { NameIndex, searchOrder } from './index-by-name.ts';

/** What a ref or source leads to. */
export type Target =
  | { readonly state: 'found'; readonly uniqueId: string }
  | { readonly state: 'disabled' }
  | { readonly state: 'missing' };

export interface RefWanted {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
}

const REFABLE = new Set(['model', 'seed', 'snapshot']);

/** Finds nodes and sources by name, in dbt's order of packages. A picture of the moment it was made. */
export class Lookup {
  readonly #root: string;
  readonly #nodeFirst: boolean;
  readonly #refs = new NameIndex();
  readonly #sources = new NameIndex();
  readonly #analyses = new NameIndex();
  readonly #disabledRefs = new NameIndex();
  readonly #disabledSources = new NameIndex();

  constructor(found: Found, root: string, nodeFirst: boolean) {
    this.#root = root;
    this.#nodeFirst = nodeFirst;
    for (const draft of found.nodes.values()) this.#addNode(draft);
    for (const source of found.sources.values()) {
      this.#sources.add(`${source.source_name}.${source.name}`, source.package_name, source.unique_id);
    }
    for (const entries of found.disabled.values()) for (const entry of entries) this.#addDisabled(entry);
  }

  /** A model, seed or snapshot as `ref` finds it. Throws TSD1103 where several packages have one of that name. */
  ref(wanted: RefWanted, nodePackage: string): Target {
    const name = wanted.version ? `${wanted.name}.v${wanted.version}` : wanted.name;
    let disabled = false;
    for (const packageName of searchOrder(this.#root, nodePackage, wanted.package, this.#nodeFirst)) {
      const ids = this.#refs.find(name, packageName);
      if (ids.length > 1) throw ambiguous(name, ids);
      const [uniqueId] = ids;
      if (uniqueId !== undefined) return { state: 'found', uniqueId };
      disabled ||= this.#disabledRefs.find(name, packageName).length > 0;
    }
    return { state: disabled ? 'disabled' : 'missing' };
  }

  source(name: string, nodePackage: string): Target {
    let disabled = false;
    for (const packageName of searchOrder(this.#root, nodePackage, null, this.#nodeFirst)) {
      const [uniqueId] = this.#sources.find(name, packageName);
      if (uniqueId !== undefined) return { state: 'found', uniqueId };
      disabled ||= this.#disabledSources.find(name, packageName).length > 0;
    }
    return { state: disabled ? 'disabled' : 'missing' };
  }

  /** The enabled node a properties file speaks of: of its own package first, then of any. */
  patched(name: string, packageName: string): string | undefined {
    return this.#refs.find(name, packageName)[0] ?? this.#refs.find(name, null)[0];
  }

  /** The node a test in YAML is attached to: enabled, of that package; else a disabled one of any. */
  attached(name: string, packageName: string, version: string | number | null): string | undefined {
    const versioned = version ? `${name}.v${version}` : name;
    return this.#refs.find(versioned, packageName)[0] ?? this.#disabledRefs.find(name, null)[0];
  }

  analysis(name: string): string | undefined {
    return this.#analyses.find(name, null)[0];
  }

  refNames(): readonly string[] {
    return this.#refs.names();
  }

  sourceNames(): readonly string[] {
    return this.#sources.names();
  }

  #addNode({ node }: Draft): void {
    if (node.resource_type === 'analysis') this.#analyses.add(node.name, node.package_name, node.unique_id);
    if (!REFABLE.has(node.resource_type)) return;
    if (node.resource_type !== 'model' || node.version === null) {
      this.#refs.add(node.name, node.package_name, node.unique_id);
      return;
    }
    this.#refs.add(`${node.name}.v${node.version}`, node.package_name, node.unique_id);
    if (node.version === node.latest_version) this.#refs.add(node.name, node.package_name, node.unique_id);
  }

  #addDisabled(entry: DisabledEntry): void {
    if (entry.kind === 'node') {
      const { node } = entry.draft;
      if (!REFABLE.has(node.resource_type)) return;
      const versioned = node.resource_type === 'model' && node.version !== null;
      this.#disabledRefs.add(
        versioned ? `${node.name}.v${node.version}` : node.name,
        node.package_name,
        node.unique_id,
      );
    } else if (entry.value.resource_type === 'source') {
      const { source_name, name, package_name, unique_id } = entry.value;
      this.#disabledSources.add(`${source_name}.${name}`, package_name, unique_id);
    }
  }
}

function ambiguous(name: string, ids: readonly string[]): TsdbtError {
  const packages = ids.map((id) => `'${id.split('.')[1]}'`);
  return new TsdbtError({
    code: 'TSD1103',
    message: `When referencing '${name}', dbt found nodes in multiple packages: '${ids.join("', '")}'`,
    hint: `To fix this, use two-argument 'ref', with the package name first: ${packages.join(' or ')}`,
  });
}
