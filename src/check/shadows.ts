import type { Checking } from './types.ts';

/** Empty tables in the engine, one for each node that others read: made when somebody reads them. */
export interface Shadows {
  /** Runs a statement that makes (a part of) a node's shadow, and notes it. Throws DatabaseError. */
  make(id: string, statement: string): Promise<void>;
  of(id: string): readonly string[];
  /** Makes what is only noted of these nodes. */
  demand(ids: readonly string[]): Promise<void>;
}

/**
 * @param noted statements that made the shadows of nodes once: they are run, and taken out, when somebody reads the node
 * @param announce told of nodes whose shadows were noted and are there now
 */
export function makeShadows(
  { engine, graph }: Pick<Checking, 'engine' | 'graph'>,
  noted: Map<string, readonly string[]>,
  announce: (id: string) => Promise<void>,
): Shadows {
  const made = new Map<string, readonly string[]>();
  return {
    async make(id, statement) {
      await engine.query(statement, { fetch: false });
      made.set(id, [...(made.get(id) ?? []), statement]);
    },
    of: (id) => made.get(id) ?? [],
    demand,
  };

  async function demand(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const statements = noted.get(id);
      if (statements === undefined) continue;
      noted.delete(id);
      made.set(id, statements);
      for (const statement of statements) await engine.query(statement, { fetch: false });
      if (statements.length > 0) await announce(id);
      // An ephemeral model has no table: its reader reads what it reads.
      else await demand(graph.parents(id));
    }
  }
}
