import type { ProjectGraph } from '../graph/index.ts';
import type { ColumnFacts } from '../select/index.ts';
import type { Session } from './open-project.ts';
import { readPrior } from './prior-columns.ts';
import { fileReader, typeNodes } from './type-nodes.ts';

const TYPED = new Set(['source', 'seed', 'model', 'snapshot', 'test']);
/** What reads nodes from outside of their SQL: reached with the nodes it reads. */
const OUTSIDE = new Set(['exposure', 'sync']);

/** Types the whole project by the engine, for selections that speak of columns. */
export async function columnFacts(session: Session, graph: ProjectGraph): Promise<ColumnFacts> {
  const prior = await readPrior(session);
  const all = new Set(session.graph.ids.filter((id) => TYPED.has(session.graph.node(id).resource_type)));
  const compiled = prior?.lineage === undefined ? prior?.manifest : undefined;
  const { nodes, before = prior?.lineage } = await typeNodes(session, all, fileReader(session), compiled);
  const { relatedNodes, schemaChanges } = await import('../check/index.ts');
  const outside = graph.ids.filter((id) => OUTSIDE.has(graph.node(id).resource_type));
  return {
    columnsOf: (id) => nodes.get(id)?.columns.map(({ name }) => name) ?? [],
    related(columns, direction, depth) {
      const found = relatedNodes(nodes, columns, direction, depth);
      const touched = new Set([...found, ...columns.map(({ node }) => node)]);
      const readers =
        direction === 'up' ? [] : outside.filter((id) => graph.parents(id).some((one) => touched.has(one)));
      return new Set([...found, ...readers]);
    },
    ...(before === undefined ? {} : schemaChanges(before, nodes)),
  };
}
