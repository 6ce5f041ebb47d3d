import type { Event, FunctionNode } from '../../model/index.ts';
import type { Configs } from '../config/configs.ts';
import { addConstraintReferences } from '../nodes/constraint-references.ts';
import type { Problems } from '../problems.ts';
import type { Lookup } from '../resolve/lookup.ts';
import { applyFunction } from '../semantic/functions.ts';
import type { Templates } from '../templating/templates.ts';
import type { Draft, Found, Writable } from '../types.ts';
import { applyPatch, type Patch, patchOf } from './patch.ts';
import type { Properties } from './properties.ts';
import type { Section } from './schema-file.ts';
import { type Version, versionPatch, versionsOf } from './versions.ts';

export interface Patching {
  readonly configs: Configs;
  readonly problems: Problems;
  readonly found: Found;
  readonly templates: Templates;
  /** As things stood when all SQL files were read. */
  readonly lookup: Lookup;
}

/** Lays one entry of models, seeds, snapshots or analyses on its node. Throws TSD1101 or TSD1102. */
export function applyProperties(properties: Properties, patching: Patching): void {
  const versions = properties.entry.section === 'models' ? versionsOf(properties) : [];
  if (properties.entry.section === 'functions') applyToFunction(properties, patching);
  else if (versions.length > 0) applyVersions(properties, versions, patching);
  else applyToAll(properties, patching);
}

/** The function of the entry's name, or the disabled ones. */
function applyToFunction(properties: Properties, patching: Patching): void {
  const { found, problems } = patching;
  const id = `function.${properties.entry.file.entry.packageName}.${properties.name}`;
  const enabled = found.functions.get(id);
  const drafts = enabled === undefined ? disabledDrafts(found, id) : [enabled];
  if (drafts.length === 0) problems.warn(noNode(properties, properties.name));
  const patch = patchOf(properties);
  for (const draft of drafts) {
    patchNode(draft, patch, patching);
    applyFunction(draft as Draft<Writable<FunctionNode>>, properties, found);
  }
}

function applyToAll(properties: Properties, patching: Patching): void {
  const patch = patchOf(properties);
  for (const draft of draftsFor(properties, patching)) {
    if (draft.node.resource_type !== typeOf(properties.entry.section)) {
      patching.problems.warn(wrongSection(properties, draft));
      return;
    }
    patchNode(draft, patch, patching);
  }
}

function patchNode(draft: Draft, patch: Patch, { configs, templates, found }: Patching): void {
  applyPatch(draft, patch, configs);
  addConstraintReferences(draft.node, templates);
  found.described.set(draft.node.unique_id, () => patch.entry.file.at(patch.entry.path));
}

const TYPES: Readonly<Partial<Record<Section, string>>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  analyses: 'analysis',
};

function typeOf(section: Section): string {
  return TYPES[section] ?? '';
}

/** The node of the entry's name, or the disabled ones; a warning where there is none. */
function draftsFor(properties: Properties, { found, lookup, problems }: Patching): readonly Draft[] {
  const { name, entry } = properties;
  const packageName = entry.file.entry.packageName;
  const id = entry.section === 'analyses' ? lookup.analysis(name) : lookup.patched(name, packageName);
  const enabled = id === undefined ? undefined : found.nodes.get(id);
  if (enabled !== undefined) return [enabled];
  const disabled = disabledDrafts(found, `${typeOf(entry.section)}.${packageName}.${name}`);
  if (disabled.length === 0) problems.warn(noNode(properties, name));
  return disabled;
}

function disabledDrafts(found: Found, id: string): readonly Draft[] {
  return (found.disabled.get(id) ?? []).flatMap((entry) => (entry.kind === 'node' ? [entry.draft] : []));
}

function applyVersions(properties: Properties, versions: readonly Version[], patching: Patching): void {
  const latest = versions.find((version) => version.isLatest)?.v ?? '';
  for (const version of versions) {
    const draft = takeVersion(properties, version, patching);
    if (draft === undefined) {
      patching.problems.warn(noNode(properties, version.fileName));
      continue;
    }
    become(draft, properties, version);
    patchNode(draft, versionPatch(properties, version, latest), patching);
    if (draft.node.config.enabled) patching.found.nodes.set(draft.node.unique_id, draft);
    else patching.found.disabled.set(draft.node.unique_id, [{ kind: 'node', draft }]);
  }
}

/** Takes the node of a version's file out from under its file's name. The latest may lie in a file without suffix. */
function takeVersion(properties: Properties, version: Version, { found, lookup }: Patching): Draft | undefined {
  const packageName = properties.entry.file.entry.packageName;
  const names = version.isLatest ? [version.fileName, properties.name] : [version.fileName];
  for (const name of names) {
    const id = lookup.patched(name, packageName);
    const draft = id === undefined ? undefined : found.nodes.get(id);
    if (id === undefined || draft?.node.resource_type !== 'model') continue;
    found.nodes.delete(id);
    return draft;
  }
  const id = `model.${packageName}.${version.fileName}`;
  const [disabled] = disabledDrafts(found, id);
  if (disabled !== undefined) found.disabled.delete(id);
  return disabled;
}

function become({ node }: Draft, properties: Properties, version: Version): void {
  node.unique_id = `model.${node.package_name}.${properties.name}.v${version.v}`;
  node.fqn = [...node.fqn.slice(0, -1), properties.name, `v${version.v}`];
}

function noNode(properties: Properties, name: string): Event {
  const { section, file } = properties.entry;
  return { name: 'NoNodeForYamlKey', data: { patch_name: name, yaml_key: section, file_path: file.entry.file } };
}

function wrongSection(properties: Properties, draft: Draft): Event {
  const type = draft.node.resource_type;
  const { section, file } = properties.entry;
  return {
    name: 'WrongResourceSchemaFile',
    data: {
      patch_name: properties.name,
      resource_type: type,
      plural_resource_type: `${type}s`,
      yaml_key: section,
      file_path: file.entry.file,
    },
  };
}
