import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emit } from '../../model/index.ts';
import { withEntry } from '../../util/yaml/edit.ts';

export interface NewPackage {
  /** `name@version`, or a name alone. */
  readonly text: string;
  readonly source: 'hub' | 'git' | 'local';
}

type Entry = Readonly<Record<string, unknown>>;

/** `--add-package`: writes an entry into the file that names the packages, in the place of one for the same package. */
export function addPackage(root: string, { text, source }: NewPackage, emit: Emit): void {
  const path = packagesFile(root);
  const { name, version } = parts(text);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const after = withEntry(before, 'packages', entryOf(name, version, source), (entry) => {
    const isSame = namesSame(name, identifierOf(entry));
    if (isSame) emit({ name: 'DepsFoundDuplicatePackage', data: { removed_package: shown(entry) } });
    return !isSame;
  });
  writeFileSync(path, after);
  emit({ name: 'DepsAddPackage', data: { package_name: name, version: version ?? '', packages_filepath: path } });
}

/** `dependencies.yml` where packages are named there and nowhere else. */
function packagesFile(root: string): string {
  const [usual, other] = [join(root, 'packages.yml'), join(root, 'dependencies.yml')];
  const isOther = !existsSync(usual) && existsSync(other) && /^packages:/m.test(readFileSync(other, 'utf8'));
  return isOther ? other : usual;
}

/** More than one `@` is part of a name, such as that of a repository reached by ssh. */
function parts(text: string): { readonly name: string; readonly version: string | undefined } {
  const [name = '', version, ...more] = text.split('@');
  return more.length === 0 ? { name, version } : { name: text, version: undefined };
}

function entryOf(name: string, version: string | undefined, source: NewPackage['source']): Entry {
  const named = { [source === 'hub' ? 'package' : source]: name };
  if (!version) return named;
  return {
    ...named,
    [source === 'git' ? 'revision' : 'version']: version.includes(',') ? version.split(',') : version,
  };
}

function identifierOf(entry: Entry): string {
  const keys = ['package', 'git', 'local', 'tarball', 'private'];
  return String(keys.map((key) => entry[key]).find((value) => value != null) ?? '');
}

const shown = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => typeof value !== 'boolean'));

/** `dbt-labs/dbt_utils` is also `https://github.com/dbt-labs/dbt-utils.git`: hyphens and owners do not count, whole words do. */
function namesSame(name: string, identifier: string): boolean {
  const short = name.split('/').at(-1) ?? name;
  return [name, short].some((one) => {
    const words = one.split(/[-_]/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`(?:^|[/.])${words.join('[-_]')}(?:$|[/.])`).test(identifier);
  });
}
