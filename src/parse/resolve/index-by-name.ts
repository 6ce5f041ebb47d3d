/** Names of one kind of resource: which package has one, and under which unique id. Packages keep their order of arrival. */
export class NameIndex {
  readonly #names = new Map<string, Map<string, string>>();

  add(name: string, packageName: string, uniqueId: string): void {
    const packages = this.#names.get(name) ?? new Map<string, string>();
    packages.set(packageName, uniqueId);
    this.#names.set(name, packages);
  }

  /** All ids of the name: those of one package, or of every package where none is given. */
  find(name: string, packageName: string | null): readonly string[] {
    const packages = this.#names.get(name);
    if (packages === undefined) return [];
    if (packageName === null) return [...packages.values()];
    const only = packages.get(packageName);
    return only === undefined ? [] : [only];
  }

  /** Every name known, for suggestions. */
  names(): readonly string[] {
    return [...this.#names.keys()];
  }
}

/** The packages of `searchOrder` by their names alone. */
export function packagesToSearch(root: string, nodePackage: string): readonly string[] {
  return [...new Set([root, nodePackage])];
}

/**
 * Packages in which an unqualified name is looked for, in order; null stands for any.
 * `nodeFirst` is dbt's flag require_ref_searches_node_package_before_root.
 */
export function searchOrder(
  root: string,
  nodePackage: string,
  given: string | null,
  nodeFirst: boolean,
): readonly (string | null)[] {
  if (given !== null) return [given];
  if (root === nodePackage) return [root, null];
  return nodeFirst ? [nodePackage, root, null] : [root, nodePackage, null];
}
