import { runAsync, type Value } from '../jinja/index.ts';
import type { CompilableNode } from '../model/index.ts';
import { bareNode } from './bare-node.ts';
import type { Compiler, Extras, MappedSql } from './compiler.ts';
import type { Refable } from './lookup.ts';

/** SQL that belongs to no node, such as a sync's own query: rendered with everything a hook may say. */
export async function renderSql(compiler: Compiler, adapter: Value, sql: string, file: string): Promise<string> {
  const node = bareNode(file, compiler.input.environment.rootPackage.name, file, sql);
  return (await runAsync(compiler.compile(node, adapter))).compiled_code ?? '';
}

/** The node that ref() means in the root project; undefined where it means nothing. */
export function refOf(compiler: Compiler, packageName: string | null, name: string): Refable | undefined {
  return compiler.lookup.ref(compiler.input.environment.rootPackage.name, packageName, name, null);
}

/** The quoted name of what ref() means in the root project; undefined where it means nothing or an ephemeral model. */
export function relationOf(compiler: Compiler, packageName: string | null, name: string): string | undefined {
  const { environment } = compiler.input;
  const node = refOf(compiler, packageName, name);
  if (node === undefined || node.config.materialized === 'ephemeral') return undefined;
  return environment.dialect.renderRelation({ database: node.database, schema: node.schema, identifier: node.alias });
}

/** compile() for those who have no steps of their own. */
export function compileNode<T extends CompilableNode>(
  compiler: Compiler,
  node: T,
  adapter: Value,
  extras?: Extras,
): Promise<T> {
  return runAsync(compiler.compile(node, adapter, extras));
}

/** compileMapped() for those who have no steps of their own. */
export function mappedNode(compiler: Compiler, node: CompilableNode, adapter: Value): Promise<MappedSql> {
  return runAsync(compiler.compileMapped(node, adapter));
}
