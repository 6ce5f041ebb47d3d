import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import type { Emit } from '../../model/index.ts';
import { yamlPackage } from '../../util/yaml/document.ts';

export interface NewPackage {
  /** `name@version`, or a name alone. */
  readonly text: string;
  readonly source: 'hub' | 'git' | 'local';
}

/** `--add-package`: writes an entry into the file that names the packages, in the place of one for the same package. */
export function addPackage(root: string, added: NewPackage, emit: Emit): void {
  const path = packagesFile(root);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // Comments and the order of what is there stay.
  const document = yamlPackage().parseDocument(text.trim() === '' ? 'packages: []\n' : text);
  const { name, version } = parts(added.text);
  const packages = packagesOf(document);
  const kept = packages.items.filter((item) => {
    const isSame = namesSame(name, identifierOf(item));
    if (isSame) emit({ name: 'DepsFoundDuplicatePackage', data: { removed_package: shown(item) } });
    return !isSame;
  });
  packages.items = [...kept, document.createNode(entryOf(name, version, added.source)) as YAMLMap];
  packages.flow = false;
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  emit({ name: 'DepsAddPackage', data: { package_name: name, version: version ?? '', packages_filepath: path } });
}

/** `dependencies.yml` where packages are named there and nowhere else. */
function packagesFile(root: string): string {
  const [usual, other] = ['packages.yml', 'dependencies.yml'].map((name) => join(root, name)) as [string, string];
  const isOther = !existsSync(usual) && existsSync(other) && /^packages:/m.test(readFileSync(other, 'utf8'));
  return isOther ? other : usual;
}

function packagesOf(document: Document): YAMLSeq<YAMLMap> {
  const { isSeq } = yamlPackage();
  if (!isSeq(document.get('packages'))) document.set('packages', document.createNode([]));
  return document.get('packages') as YAMLSeq<YAMLMap>;
}

/** More than one `@` is part of a name, such as that of a repository reached by ssh. */
function parts(text: string): { readonly name: string; readonly version: string | undefined } {
  const [name = '', version, ...more] = text.split('@');
  return more.length === 0 ? { name, version } : { name: text, version: undefined };
}

function entryOf(name: string, version: string | undefined, source: NewPackage['source']): Record<string, unknown> {
  const entry: Record<string, unknown> = { [source === 'hub' ? 'package' : source]: name };
  if (version) entry[source === 'git' ? 'revision' : 'version'] = version.includes(',') ? version.split(',') : version;
  return entry;
}

function identifierOf(item: YAMLMap): string {
  const keys = ['package', 'git', 'local', 'tarball', 'private'];
  return String(keys.map((key) => item.get(key)).find((value) => value != null) ?? '');
}

const shown = (item: YAMLMap): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item.toJSON() as object).filter(([, value]) => typeof value !== 'boolean'));

/** `dbt-labs/dbt_utils` is also `https://github.com/dbt-labs/dbt-utils.git`: hyphens and owners do not count, whole words do. */
function namesSame(name: string, identifier: string): boolean {
  const short = name.split('/').at(-1) ?? name;
  return [name, short].some((one) => {
    const words = one.split(/[-_]/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`(?:^|[/.])${words.join('[-_]')}(?:$|[/.])`).test(identifier);
  });
}
