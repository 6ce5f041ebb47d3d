import { openAdapter } from '../adapter/index.ts';
import type { GraphMember } from '../graph/index.ts';
import { answer, makeDatabase } from './engine.ts';
import { relationsOf } from './lineage/node-lineage.ts';
import { itIsThere } from './models.ts';
import { makeShadows } from './shadows.ts';
import type { CheckInput, Checking, TypedNode } from './types.ts';

/** Columns and names of tables are the same in the shadows; other answers come from their rows, of which there are none. */
const CATALOG =
  /\bsystem\s*\.\s*(?:columns|tables|databases)\b|^\s*(?:\/\*[\s\S]*?\*\/\s*)?(?:describe|desc|exists)\b/i;

/** Opens the engine, with empty databases for the shadows of these members. */
export async function beginChecking(
  given: CheckInput,
  typed: ReadonlyMap<string, TypedNode>,
  members: Iterable<GraphMember>,
  noted: Map<string, readonly string[]>,
): Promise<Checking> {
  const engine = await given.openEngine();
  const { target, flags, invocation, emit } = given.compiler.input.environment;
  const asked = new Map<string, string>();
  const adapter = await openAdapter({
    driver: engine,
    target,
    flags,
    invocationId: invocation.id,
    emit(event) {
      const { conn_name: id, sql } = event.data;
      if (event.name === 'SQLQuery' && !CATALOG.test(String(sql)) && !asked.has(String(id)))
        asked.set(String(id), String(sql));
      emit(event);
    },
  });
  const schemas = new Set<string>();
  for (const member of members) if ('schema' in member && member.schema !== '') schemas.add(String(member.schema));
  for (const schema of schemas) await makeDatabase(engine, schema, { anew: true });
  await adapter.loadCatalog([...schemas]);
  for (const sql of given.functions?.values() ?? []) {
    // What the server has of functions may rest on what is not here: then whoever calls it is told.
    await answer(() => engine.query(sql.replace(/^create function/i, 'create or replace function'), { fetch: false }));
  }
  const relations = relationsOf(given.compiler.input.manifest);
  const announce = (id: string): Promise<void> => itIsThere(checking, id);
  const shadows = makeShadows({ engine, graph: given.graph }, noted, announce);
  const checking: Checking = { ...given, engine, adapter, asked, typed, relations, shadows };
  return checking;
}
