import type { CheckResult, Direction } from '../check/index.ts';
import { TsdbtError } from '../error/index.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { fileReader, typeNodes } from './type-nodes.ts';

/** `lineage NODE.COLUMN`: where a column comes from, or with --down what it reaches; typed by the engine, offline. */
export async function lineage(request: Request, asked: string): Promise<number> {
  const session = await openProject(request);
  const { node, column } = columnOf(session, asked);
  const direction: Direction = request.given['down'] === true ? 'down' : 'up';
  const chosen = new Set([node, ...(direction === 'down' ? session.graph.descendants([node]) : [])]);
  const { nodes } = await typeNodes(session, chosen, fileReader(session));
  checkColumn(nodes, node, column);
  if (request.given['output'] === 'openlineage') return printFacet(session, nodes, node);
  const { traceColumn, renderTrace } = await import('../check/index.ts');
  const withRows = request.given['rows'] === true;
  const trace = traceColumn(nodes, { node, column }, { direction, withRows });
  const rows = direction === 'up' && !withRows ? (nodes.get(node)?.lineage?.rows.sources ?? []) : [];
  const msg =
    request.given['output'] === 'json' ? JSON.stringify({ ...trace, rows }, undefined, 2) : renderTrace(trace, rows);
  request.emit({ name: 'PrintEvent', data: { msg } });
  return 0;
}

/** The node's table as a dataset of OpenLineage, with its columnLineage facet. */
async function printFacet(session: Session, nodes: CheckResult['nodes'], node: string): Promise<number> {
  const { columnLineageFacet } = await import('../check/index.ts');
  const { manifest } = session.parsed;
  const { host = 'localhost', port = 8123 } = session.project.target.credentials;
  const namespace = `clickhouse://${String(host)}:${String(port)}`;
  const datasetOf = (id: string) => {
    const relation = (manifest.nodes[id] ?? manifest.sources[id])?.relation_name;
    return relation == null ? undefined : { namespace, name: relation.replaceAll('`', '') };
  };
  const lineage = nodes.get(node)?.lineage;
  const facets = lineage === undefined ? {} : { columnLineage: columnLineageFacet(lineage, datasetOf) };
  const msg = JSON.stringify({ ...datasetOf(node), facets }, undefined, 2);
  session.request.emit({ name: 'PrintEvent', data: { msg } });
  return 0;
}

/** `mart_x.followers`, `source_name.table.column`, or a unique_id with a column behind it. */
function columnOf({ parsed }: Session, asked: string): { readonly node: string; readonly column: string } {
  const { nodes, sources } = parsed.manifest;
  const dot = asked.lastIndexOf('.');
  const [name, column] = [asked.slice(0, dot), asked.slice(dot + 1)];
  const found = [
    ...Object.values(nodes).filter(
      (node) => node.resource_type !== 'test' && [node.name, node.unique_id].includes(name),
    ),
    ...Object.values(sources).filter((s) => [`${s.source_name}.${s.name}`, s.unique_id].includes(name)),
  ];
  if (dot > 0 && found.length > 0) return { node: found[0]!.unique_id, column };
  throw new TsdbtError({
    code: 'TSD1103',
    message: dot > 0 ? `There is no model, seed, snapshot or source named '${name}'` : `'${asked}' names no column`,
    hint: 'Write model.column, or source_name.table.column.',
  });
}

function checkColumn(nodes: CheckResult['nodes'], node: string, column: string): void {
  const known = nodes.get(node)?.columns ?? [];
  if (known.some(({ name }) => name === column)) return;
  const name = node.split('.').slice(2).join('.');
  throw new TsdbtError({
    code: 'TSD1103',
    message: known.length > 0 ? `${name} has no column '${column}'` : `The columns of ${name} are not known`,
    hint:
      known.length > 0 ? `It has: ${known.map((one) => one.name).join(', ')}.` : 'See what `tsdbt check` says of it.',
  });
}
