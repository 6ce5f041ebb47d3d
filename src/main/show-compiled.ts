import type { ExecuteOutcome } from '../execute/index.ts';
import type { Session } from './open-project.ts';

/** The SQL of the nodes whose names stand in the first word of `--select`: what dbt takes for those that were asked for. */
export function showCompiled(
  { request, project }: Session,
  { results }: ExecuteOutcome,
  nameOf: (uniqueId: string) => string,
): void {
  const [word] = [request.given['select']].flat() as (string | undefined)[];
  const is_inline = typeof request.given['inline'] === 'string';
  const output_format = String(project.flags['output'] ?? 'text');
  const quiet = project.flags['quiet'] === true;
  for (const { unique_id, compiled_code } of results) {
    const node_name = nameOf(unique_id);
    if (!is_inline && word?.includes(node_name) !== true) continue;
    const data = { node_name, compiled: compiled_code ?? '', is_inline, output_format, unique_id, quiet };
    request.emit({ name: 'CompiledNode', data });
  }
}
