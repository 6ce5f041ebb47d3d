import { join } from 'node:path';
import type { CompiledNodeBase, ResourceType } from '../../model/index.ts';
import type { Configs } from '../config/configs.ts';
import type { ConfigKind } from '../config/fields.ts';
import { type FileEntry, nameOf } from '../files/discover.ts';
import { fqnOf } from '../files/paths.ts';
import type { Source } from '../files/source.ts';
import type { Draft, Origin, WritableNode } from '../types.ts';
import { compiledNode, type Defaults, MODEL_FIELDS } from './create.ts';

export interface NodeParts {
  readonly configs: Configs;
  readonly defaults: Defaults;
  /** A file as a person would open it. */
  shown(entry: FileEntry): string;
}

/** A part of a file that becomes a node: the whole file, or one block of it. */
export interface CodePart {
  readonly name: string;
  readonly code: string;
  /** Lines of the source's text in front of the code. */
  readonly line: number;
}

export function wholeFile(source: Source): CodePart {
  return { name: nameOf(source.entry), code: source.text, line: 0 };
}

/** A model, analysis, singular test or snapshot as it is before its code is rendered. */
export function sqlDraft(
  kind: 'model' | 'analysis' | 'test' | 'snapshot' | 'function',
  source: Source,
  part: CodePart,
  parts: NodeParts,
): Draft {
  const { entry } = source;
  const path = pathOf(kind, entry);
  const folders = fqnOf(entry.packageName, path);
  const fqn = kind === 'snapshot' ? [...folders, nameOf(entry), part.name] : [...folders, part.name];
  const node = draftNode(kind, fqn, parts, {
    resourceType: kind,
    name: part.name,
    packageName: entry.packageName,
    path,
    file: entry.file,
    uniqueId: `${kind}.${entry.packageName}.${part.name}`,
    fqn,
    checksum: source.checksum,
    code: part.code,
    language: entry.path.endsWith('.py') ? 'python' : 'sql',
  });
  return draftOf(node, { file: parts.shown(entry), linesBefore: source.skippedLines + part.line });
}

/** dbt puts analyses into a folder of that name, and keeps singular tests where they are. */
function pathOf(kind: ResourceType, entry: FileEntry): string {
  return kind === 'analysis' ? join('analysis', entry.path) : entry.path;
}

export function draftNode(
  kind: ConfigKind,
  fqn: readonly string[],
  parts: NodeParts,
  facts: Parameters<typeof compiledNode>[0],
): WritableNode {
  const config = parts.configs.rendered({ kind, packageName: facts.packageName, fqn }, {});
  const node = compiledNode(facts, config, parts.defaults);
  if (kind === 'function') return Object.assign(node, { returns: null, arguments: [], overloads: [] }) as WritableNode;
  return kind === 'model' ? modelNode(node) : (node as WritableNode);
}

function modelNode(node: CompiledNodeBase): WritableNode {
  return Object.assign(node, MODEL_FIELDS) as WritableNode;
}

export function draftOf(node: WritableNode, origin: Origin): Draft {
  return { node, origin, calls: {}, unrenderedCalls: {} };
}
