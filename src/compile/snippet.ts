import { runAsync, type Value } from '../jinja/index.ts';
import { bareNode } from './bare-node.ts';
import type { Compiler } from './compiler.ts';
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
