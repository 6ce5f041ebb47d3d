import { TsdbtError } from '../../error/index.ts';
import type { ExposureNode, NodeConfig, RefArgs } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import { fqnOf } from '../files/paths.ts';
import { pyRepr } from '../python.ts';
import type { Templates } from '../templating/templates.ts';
import type { Writable } from '../types.ts';
import { renderedEntry } from './render.ts';
import type { Entry } from './schema-file.ts';
import { checkedEntry } from './shape/entry.ts';
import { mapOr, tagsOf, textOr, textOrNull } from './values.ts';

const TYPES = ['dashboard', 'notebook', 'analysis', 'ml', 'application'];
const MATURITIES = ['low', 'medium', 'high'];

/** An exposure as the manifest shows it, its references not yet looked up. Throws TSD1101. */
export function exposureOf(entry: Entry, from: ExposureParts): Writable<ExposureNode> {
  const { packageName, path, file } = entry.file.entry;
  const rendered = renderedEntry('exposures', entry.data, (...text) => from.templates.value(packageName, ...text));
  const data = checkedEntry(entry, rendered);
  const name = String(data.name);
  const fqn = [...fqnOf(packageName, path), name];
  const subject = { kind: 'exposure', packageName, fqn } as const;
  const own = mapOr(data.config);
  const config = from.configs.rendered(subject, { properties: own });
  const tree = from.projectTree(packageName);
  const tags = sortedTags([...tagsOf(tree.tags), ...tagsOf(data.tags), ...tagsOf(config.tags)]);
  const meta = { ...mapOr(tree.meta), ...mapOr(data.meta), ...mapOr(config.meta) };
  return {
    name,
    resource_type: 'exposure',
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `exposure.${packageName}.${name}`,
    fqn,
    type: oneOf(data.type ?? null, TYPES, name, 'type'),
    owner: ownerOf(data.owner ?? null, 'Exposure'),
    description: textOr(data.description, ''),
    label: textOrNull(data.label),
    maturity:
      data.maturity === undefined || data.maturity === null ? null : oneOf(data.maturity, MATURITIES, name, 'maturity'),
    meta,
    tags,
    config: { ...config, tags, meta } as unknown as NodeConfig,
    unrendered_config: from.configs.unrendered(subject, { properties: own }),
    url: textOrNull(data.url),
    depends_on: { macros: [], nodes: [] },
    ...references(data.depends_on ?? [], from.templates),
    created_at: from.createdAt,
  };
}

export interface ExposureParts {
  readonly configs: Configs;
  readonly templates: Templates;
  readonly createdAt: number;
  /** The `exposures` tree of a package's dbt_project.yml; dbt reads plain `tags` and `meta` at its top. */
  projectTree(packageName: string): DataMap;
}

interface References {
  readonly refs: RefArgs[];
  readonly sources: (readonly [string, string])[];
  readonly metrics: (readonly string[])[];
}

function references(list: Data, templates: Templates): References {
  const result: References = { refs: [], sources: [], metrics: [] };
  for (const text of Array.isArray(list) ? list : []) {
    const found = templates.anyReference(String(text));
    if (found === undefined) continue;
    if (found.kind === 'ref') result.refs.push(found.ref);
    else if (found.kind === 'source') result.sources.push(found.source);
    else result.metrics.push(found.metric);
  }
  return result;
}

/** An owner has a name, an email or both; other keys are kept. */
export function ownerOf(value: Data, kind: string): DataMap {
  const { email = null, name = null, ...others } = mapOr(value);
  if (email === null && name === null) {
    throw new TsdbtError({ code: 'TSD1101', message: `${kind} owner must have at least one of 'name' or 'email'.` });
  }
  return { email, name, ...others };
}

function oneOf(value: Data, allowed: readonly string[], name: string, key: string): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw new TsdbtError({
    code: 'TSD1101',
    message: `exposure '${name}': ${key} must be one of ${allowed.join(', ')}, but is ${pyRepr(value)}`,
  });
}

export function sortedTags(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].sort();
}
