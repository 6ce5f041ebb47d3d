import type { Column } from '../check/index.ts';
import type { Session } from './open-project.ts';
import { livePulled, readPulled, writePulled } from './source-schemas.ts';
import { fileReader, typeNodes } from './type-nodes.ts';

/** `check --pull`: notes what tables the sources are on the target's server. 1 where one is not there. */
export async function pullSchemas(session: Session): Promise<number> {
  const { schemas: live, functions } = await livePulled(session);
  const { schemaKey } = await import('../check/index.ts');
  const names = Object.values(session.parsed.manifest.sources).map(schemaKey);
  const missing = names.filter((name) => !live.has(name)).sort();
  // What another server had is not forgotten because this one lacks it.
  const before = await readPulled(session);
  const kept = [...before.schemas].filter(([name]) => missing.includes(name));
  const path = writePulled(session, { schemas: new Map([...kept, ...live]), functions });
  const columns = [...live.values()].reduce((sum, table) => sum + table.columns.length, 0);
  print(session, [
    `Pulled ${live.size} of ${names.length} sources, ${columns} columns: ${path}`,
    ...missing.map((name) => `  not on this server: ${name}`),
  ]);
  return missing.length > 0 ? 1 : 0;
}

/** `check --diff`: what is another on the target's server than checks take it to be. 1 where something is. */
export async function diffSchemas(session: Session): Promise<number> {
  const { driftLine, driftOf, schemaKey } = await import('../check/index.ts');
  const sources = Object.values(session.parsed.manifest.sources);
  const ids = new Set(sources.map(({ unique_id }) => unique_id));
  const { schemas: pulled } = await readPulled(session);
  const { nodes } = await typeNodes(session, ids, fileReader(session));
  const known = sources.map(({ unique_id, columns, ...source }): readonly [string, readonly Column[]] => {
    const typed = nodes.get(unique_id);
    const named = Object.values(columns).map(({ name, data_type }) => ({ name, type: data_type ?? '' }));
    const columnsOf = (): readonly Column[] => (typed?.state === 'typed' ? typed.columns : named);
    return [schemaKey(source), pulled.get(schemaKey(source))?.columns ?? columnsOf()];
  });
  const drift = driftOf(new Map(known), (await livePulled(session)).schemas);
  const lines = drift.map(driftLine).sort();
  print(session, lines.length === 0 ? [`No drift: ${sources.length} sources are as checks take them to be`] : lines);
  return lines.length > 0 ? 1 : 0;
}

function print({ request }: Session, lines: readonly string[]): void {
  for (const msg of lines) request.emit({ name: 'PrintEvent', data: { msg } });
}
