import type { Manifest, ManifestText } from '../../model/index.ts';
import { hasOwnNumbers, pythonJson } from '../../util/python-json.ts';
import { type Boxed, boxedValues } from '../cache/boxed.ts';

type Section = Exclude<keyof Manifest, 'metadata' | 'selectors'>;

const BEFORE = ['nodes', 'sources', 'macros', 'docs', 'exposures', 'metrics', 'groups'] as const;
const AFTER = [
  'disabled',
  'parent_map',
  'child_map',
  'group_map',
  'saved_queries',
  'semantic_models',
  'unit_tests',
  'functions',
] as const;
// Nothing but lists of ids.
const MAPS = new Set<Section>(['parent_map', 'child_map', 'group_map']);

/** A manifest as it is written, with the values that reading it again would lose. */
export interface WrittenManifest {
  readonly text: ManifestText;
  readonly boxed: readonly Boxed[];
}

export function writtenManifest(manifest: Manifest): WrittenManifest {
  const boxed: Boxed[] = [];
  const sections = (names: readonly Section[]): Buffer =>
    Buffer.from(names.map((name) => `"${name}":${sectionText(name, manifest[name], boxed)}`).join(','));
  return { text: { before: sections(BEFORE), after: sections(AFTER) }, boxed };
}

function sectionText(name: Section, section: Readonly<Record<string, unknown>>, boxed: Boxed[]): string {
  if (MAPS.has(name)) return JSON.stringify(section);
  const entries: string[] = [];
  for (const [id, value] of Object.entries(section)) {
    if (hasOwnNumbers(value)) {
      for (const each of boxedValues(value)) boxed.push({ ...each, path: [name, id, ...each.path] });
      entries.push(`${JSON.stringify(id)}:${pythonJson(value)}`);
    } else entries.push(`${JSON.stringify(id)}:${JSON.stringify(value)}`);
  }
  return `{${entries.join(',')}}`;
}
