import { TsdbtError } from '../error/index.ts';
import type { GraphMember } from '../graph/index.ts';
import { spacedJson } from '../util/spaced-json.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, writeParsed } from './open-project.ts';
import type { Request } from './request.ts';

/** Keys of a JSON line where `--output-keys` is not given. */
const USUAL_KEYS = new Set([
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
]);

/** `ls`: one line for each chosen node, on standard output whatever the log level. */
export async function list(request: Request): Promise<number> {
  checkAlone(request);
  const session = await openProject(request);
  await writeParsed(session);
  const chosen = await chooseNodes(session);
  if (chosen.size === 0) {
    request.emit({ name: 'NoNodesSelected', data: {} });
    return 0;
  }
  const { searchName, selectorName } = await import('../select/index.ts');
  const keys = (request.given['output_keys'] as readonly string[] | undefined)?.flatMap((key) => key.split(/\s+/));
  const nodes = [...chosen].sort().map((id) => session.graph.node(id));
  const print = (text: string): void => request.emit({ name: 'PrintEvent', data: { msg: text } });
  switch (request.given['output'] ?? 'selector') {
    case 'name':
      for (const node of nodes) print(searchName(node));
      break;
    case 'path':
      for (const node of nodes) print(node.original_file_path);
      break;
    case 'json':
      for (const node of nodes) print(spacedJson(keys === undefined ? usual(node) : pick(node, keys)));
      break;
    default:
      for (const node of nodes) print(selectorName(node));
  }
  return 0;
}

/** `--models` says both which nodes and of which kind. */
function checkAlone({ given }: Request): void {
  if (given['models'] === undefined) return;
  for (const [key, name] of [
    ['select', 'select'],
    ['resource_types', 'resource_type'],
  ] as const) {
    if (given[key] === undefined) continue;
    throw new TsdbtError({ code: 'TSD9001', message: `"models" and "${name}" are mutually exclusive arguments` });
  }
}

/** A plain key is there when the node has it, null too; `config.materialized` digs and is left out where it finds nothing. */
function pick(node: GraphMember, keys: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const key of keys) {
    const value = key
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], node);
    if (value !== undefined && (value !== null || !key.includes('.'))) found[key] = value;
  }
  return found;
}

/** The usual fields in the node's own order; models say what they read directly once more. */
function usual(node: GraphMember): Record<string, unknown> {
  const kept = Object.entries(node).filter(([key]) => USUAL_KEYS.has(key));
  const parents = node.resource_type === 'model' && 'depends_on' in node ? { direct_parents: parentsOf(node) } : {};
  return { ...Object.fromEntries(kept), ...parents };
}

function parentsOf(node: GraphMember): unknown {
  return (node as { depends_on: { nodes: readonly string[] } }).depends_on.nodes;
}
