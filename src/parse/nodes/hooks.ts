import type { OperationNode, Package } from '../../model/index.ts';
import type { Source } from '../files/source.ts';
import type { Draft, Writable } from '../types.ts';
import { compiledNode } from './create.ts';
import { draftOf, type NodeParts } from './sql-nodes.ts';

type HookKind = 'on-run-start' | 'on-run-end';

/** The hooks of a package's dbt_project.yml as operations, numbered in their order. */
export function hookDrafts(pack: Package, projectFile: Source, parts: NodeParts): readonly Draft[] {
  return [
    ...pack.onRunStart.map((code, index) => hookDraft('on-run-start', code, index, pack, projectFile, parts)),
    ...pack.onRunEnd.map((code, index) => hookDraft('on-run-end', code, index, pack, projectFile, parts)),
  ];
}

function hookDraft(
  kind: HookKind,
  code: string,
  index: number,
  pack: Package,
  projectFile: Source,
  parts: NodeParts,
): Draft {
  const packageName = pack.name;
  const name = `${packageName}-${kind}-${index}`;
  const fqn = [packageName, 'hooks', name];
  const config = parts.configs.rendered({ kind: 'operation', packageName, fqn }, {});
  const facts = {
    resourceType: 'operation',
    name,
    packageName,
    path: `hooks/${name}.sql`,
    file: './dbt_project.yml',
    uniqueId: `operation.${packageName}.${name}`,
    fqn,
    checksum: projectFile.checksum,
    code,
  } as const;
  const node = { ...compiledNode(facts, config, parts.defaults), tags: [kind], index } as Writable<OperationNode>;
  return draftOf(node, { file: parts.shown(projectFile.entry), linesBefore: 0 });
}
