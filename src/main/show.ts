import { TsdbtError } from '../error/index.ts';
import type { Node, RunResult } from '../model/index.ts';
import { inputOf } from './call-input.ts';
import { connect } from './database.ts';
import { fileSink } from './files.ts';
import { inlineNode } from './inline-node.ts';
import { chooseNodes } from './nodes.ts';
import { openProject, type Session } from './open-project.ts';
import type { Request } from './request.ts';
import { sayConcurrency, writeArtifacts } from './run-nodes.ts';

/** `show`: the first rows of what nodes, or a statement of the command line, would give. */
export async function show(request: Request): Promise<number> {
  const session = await openProject(request);
  const { flags } = session.project;
  const nodes = await nodesOf(session);
  const limit = Number(flags['limit'] ?? 5);
  const database = await connect(session);
  const began = performance.now();
  const results: RunResult[] = [];
  const compiled = new Map<string, Node>();
  try {
    const { announceEnd, showNode } = await import('../execute/index.ts');
    // A statement as it is belongs to no node: it is shown, and that is all.
    const isDirect = typeof flags['inline_direct'] === 'string';
    if (!isDirect) sayConcurrency(session, nodes.length);
    const [word] = [request.given['select']].flat() as (string | undefined)[];
    const input = {
      ...(await inputOf(session, database)),
      ...(isDirect ? { write: () => {} } : { write: fileSink(session.project), emit: request.emit }),
    };
    for (const node of nodes) {
      const shown = await showNode(input, node, limit < 0 ? null : limit);
      results.push(shown.result);
      if (shown.node.resource_type !== 'sql_operation' && shown.node.resource_type !== 'function')
        compiled.set(node.unique_id, shown.node);
      const json = flags['output'] === 'json';
      const preview = json ? JSON.stringify(shown.rows, numbers) : shown.text;
      const is_inline = node.resource_type === 'sql_operation';
      // What only came along with what was asked for is run, but not shown: dbt goes by the first word.
      if (node.resource_type !== 'sql_operation' && word !== undefined && !word.includes(node.name)) continue;
      const told = { node_name: node.name, preview, is_inline, output_format: json ? 'json' : 'text' };
      request.emit({ name: 'ShowNode', data: { ...told, unique_id: node.unique_id, quiet: flags['quiet'] === true } });
    }
    if (isDirect) return 0;
    for (const { compiled_path, compiled_code } of input.compiler.ephemerals()) {
      if (compiled_path !== null) input.write(compiled_path, compiled_code ?? '');
    }
    const elapsed = (performance.now() - began) / 1000;
    announceEnd(request.emit, { results, elapsed }, session.nodeOf, true);
    await writeArtifacts(session, { results, compiled, elapsed });
    return 0;
  } finally {
    await database.close();
  }
}

async function nodesOf(session: Session) {
  const { project, parsed, request } = session;
  const { inline, inline_direct: direct } = project.flags;
  // As it is: no template is looked for in it.
  if (typeof direct === 'string') return [await inlineNode(project.root.name, `{% raw %}${direct}{% endraw %}`)];
  if (typeof inline === 'string') return [await inlineNode(project.root.name, inline)];
  if (request.given['select'] === undefined) {
    throw new TsdbtError({ code: 'TSD9001', message: 'Either --select or --inline must be passed to show' });
  }
  const chosen = await chooseNodes(session);
  return [...chosen].flatMap((id) => {
    const node = parsed.manifest.nodes[id];
    return node === undefined || node.resource_type === 'seed' ? [] : [node];
  });
}

function numbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
