import { bareNode } from '../compile/index.ts';
import {
  compilationProblem,
  dbtEnvironment,
  explainTemplateError,
  MacroReturn,
  runSync,
  str,
  type Value,
} from '../context/index.ts';
import type { CompilableNode } from '../model/index.ts';
import type { ExecuteInput } from './types.ts';

/** dbt's name of the connection that belongs to no node. */
const NO_NODE = 'master';

type CommentInput = Pick<ExecuteInput, 'compiler' | 'queryComment'>;

/**
 * The comment of a node's statements: undefined for dbt's own, null for none. As in dbt its text is the body of a macro of
 * `connection_name` and `node`, which may return().
 */
export function commentOf(input: CommentInput, node: CompilableNode): string | null | undefined {
  const { comment } = input.queryComment;
  if (comment === null) return undefined;
  return (comment.includes('{') ? rendered(input, comment, node) : comment) || null;
}

/** A comment that cannot be made, or that would end itself, stops the command before its first statement. */
export function checkQueryComment(input: CommentInput): void {
  const root = input.compiler.input.environment.rootPackage.name;
  const comment = commentOf(input, bareNode(NO_NODE, root, 'dbt_project.yml'));
  if (comment?.includes('*/'))
    throw compilationProblem(`query comment contains illegal value "*/": ${comment.trim()}`, 'TSD2003');
}

function rendered({ compiler }: CommentInput, comment: string, node: CompilableNode): string {
  const context = compiler.context(node, null);
  const words = new Map<string, Value>([
    ['connection_name', node.unique_id],
    ['node', node.unique_id === NO_NODE ? null : context.scope.lookup('model')],
  ]);
  try {
    const template = dbtEnvironment('runtime').compile(comment, { file: 'dbt_project.yml' });
    return runSync(template.render(context.extend(words)));
  } catch (error) {
    if (error instanceof MacroReturn) return str(error.value);
    throw explainTemplateError(error, 'dbt_project.yml');
  }
}
