import type { Flags } from '../../model/index.ts';
import { addNode, addOnce, sameName } from '../found.ts';
import { configure } from '../nodes/configure.ts';
import type { NodeParts } from '../nodes/sql-nodes.ts';
import type { Problems } from '../problems.ts';
import { Lookup } from '../resolve/lookup.ts';
import type { Templates } from '../templating/templates.ts';
import type { Found } from '../types.ts';
import { applyMacroProperties } from './apply-macros.ts';
import { applyProperties, type Patching } from './apply-nodes.ts';
import { type ExposureParts, exposureOf } from './exposures.ts';
import { groupOf } from './groups.ts';
import { patchOf } from './patch.ts';
import type { Properties } from './properties.ts';
import type { AllProperties } from './read-all.ts';
import { type Entry, fileId } from './schema-file.ts';
import { yamlSnapshot } from './snapshots.ts';

export interface Applying {
  readonly found: Found;
  readonly problems: Problems;
  readonly templates: Templates;
  readonly parts: NodeParts;
  readonly flags: Flags;
  readonly root: string;
  readonly nodeFirst: boolean;
  readonly projectTree: ExposureParts['projectTree'];
}

/** Everything YAML says of what SQL files define, and the resources YAML defines alone, but sources and tests. */
export function applyAll(all: AllProperties, applying: Applying): void {
  const { found, problems, templates, parts } = applying;
  for (const { entry } of all.snapshots) {
    within(entry, problems, () => {
      const draft = yamlSnapshot(entry, templates, parts);
      if (draft !== undefined) addNode(found, draft);
    });
  }
  const lookup = new Lookup(found, applying.root, applying.nodeFirst);
  const patching: Patching = { configs: parts.configs, problems, found, templates, lookup };
  for (const properties of [...all.models, ...all.seeds, ...all.snapshots, ...all.analyses, ...all.functions]) {
    within(properties.entry, problems, () => applyProperties(properties, patching));
  }
  const checks = applying.flags.validate_macro_args !== false;
  for (const properties of all.macros) {
    within(properties.entry, problems, () => applyMacroProperties(properties, found, problems, checks));
  }
  for (const properties of all.singularTests) {
    within(properties.entry, problems, () => applySingularTest(properties, applying));
  }
  for (const entry of all.groups) within(entry, problems, () => addGroup(entry, applying));
  for (const entry of all.exposures) within(entry, problems, () => addExposure(entry, applying));
}

function within(entry: Entry, problems: Problems, work: () => void): void {
  problems.attempt(work, () => entry.file.at(entry.path));
}

function applySingularTest(properties: Properties, { found, parts, problems }: Applying): void {
  const { entry, name } = properties;
  const draft = found.nodes.get(`test.${entry.file.entry.packageName}.${name}`);
  if (draft === undefined) {
    const data = { patch_name: name, yaml_key: entry.section, file_path: entry.file.entry.file };
    problems.warn({ name: 'NoNodeForYamlKey', data });
    return;
  }
  const patch = patchOf(properties);
  if (Object.keys(patch.config.rendered).length > 0) configure(draft, parts.configs, patch.config);
  draft.node.patch_path = fileId(entry.file);
  draft.node.description = patch.description;
  found.described.set(draft.node.unique_id, () => entry.file.at(entry.path));
}

function addGroup(entry: Entry, { found, parts, templates }: Applying): void {
  const group = groupOf(entry, parts.configs, templates);
  addOnce(found.groups, group.unique_id, group, (before) => sameName(group, before, undefined));
}

function addExposure(entry: Entry, { found, parts, templates, projectTree }: Applying): void {
  const exposure = exposureOf(entry, {
    configs: parts.configs,
    templates,
    createdAt: parts.defaults.createdAt,
    projectTree,
  });
  found.places.set(exposure.unique_id, () => entry.file.at(entry.path));
  if (exposure.config.enabled) {
    addOnce(found.exposures, exposure.unique_id, exposure, (before) => sameName(exposure, before, undefined));
  } else found.disabled.set(exposure.unique_id, [{ kind: 'other', value: exposure }]);
}
