import type { ContextEnvironment, RuntimeInput } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { Value } from '../jinja/index.ts';
import type { CompilableNode, SourceNode } from '../model/index.ts';
import { cteName } from './inject.ts';
import type { Lookup, Refable } from './lookup.ts';
import type { Narrow } from './narrow.ts';

/** What a reader gets of what it names. */
export interface Reading {
  readonly narrow: Narrow;
  /** Where a node lies in another environment, if this run takes it from there. */
  readonly deferred?: ((node: Refable) => Place | undefined) | undefined;
}

export interface Place {
  readonly schema: string;
  readonly identifier: string;
}

type Part = ReturnType<Narrow>;

/** How ref() and source() answer while executing; ephemeral models asked for are noted in `ephemeral`, in order. */
export function createResolver(
  environment: ContextEnvironment,
  lookup: Lookup,
  asker: CompilableNode,
  ephemeral: Set<string>,
  reading: Reading,
): RuntimeInput['resolve'] {
  const { dialect } = environment;
  return {
    ref(packageName, name, version) {
      const node = lookup.ref(asker.package_name, packageName, name, version);
      if (node === undefined) throw notFound(asker, packageName === null ? `'${name}'` : `'${packageName}.${name}'`);
      requireDeclared(asker, node.unique_id, `ref('${name}')`);
      if (node.config.materialized === 'ephemeral') {
        ephemeral.add(node.unique_id);
        return ephemeralRelation(environment, node.alias, reading.narrow(asker, node.config));
      }
      const { schema, identifier } = reading.deferred?.(node) ?? { schema: node.schema, identifier: node.alias };
      const parts = { database: node.database, schema, identifier };
      return dialect.createRelation({ ...parts, ...reading.narrow(asker, node.config) });
    },
    source(sourceName, tableName) {
      const source = lookup.source(asker.package_name, sourceName, tableName);
      if (source === undefined) throw notFound(asker, `source '${sourceName}.${tableName}'`);
      requireDeclared(asker, source.unique_id, `source('${sourceName}', '${tableName}')`);
      return sourceRelation(environment, source, reading.narrow(asker, source.config));
    },
  };
}

export function ephemeralRelation(environment: ContextEnvironment, identifier: string, part: Part = {}): Value {
  const name = { database: '', schema: '', identifier: cteName(identifier) };
  return environment.dialect.createRelation({ ...name, type: 'cte', ...part });
}

export function sourceRelation(environment: ContextEnvironment, source: SourceNode, part: Part = {}): Value {
  const { identifier, quoting } = source;
  const schema = environment.dialect.sourceSchema(source);
  return environment.dialect.createRelation({ database: '', schema, identifier, quoting, type: 'external', ...part });
}

function notFound(asker: CompilableNode, what: string): TsdbtError {
  return new TsdbtError({
    code: 'TSD1103',
    message: `${asker.unique_id} depends on a node named ${what} which was not found`,
    at: { file: asker.original_file_path, line: 1, col: 0 },
  });
}

/** A ref() that parsing never saw, in a branch not taken then, would run before what it reads. Hooks and operations may ask for anything. */
function requireDeclared(asker: CompilableNode, uniqueId: string, call: string): void {
  if (asker.resource_type === 'operation' || asker.resource_type === 'sql_operation') return;
  if (asker.depends_on.nodes.includes(uniqueId)) return;
  throw new TsdbtError({
    code: 'TSD2004',
    message: `dbt was unable to infer all dependencies for the model "${asker.name}": ${call} was reached only while executing`,
    at: { file: asker.original_file_path, line: 1, col: 0 },
    hint: `Add this line to the top of the file: -- depends_on: {{ ${call} }}`,
  });
}
