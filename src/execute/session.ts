import type { NodeSession } from '../adapter/index.ts';
import { bareNode, writtenPath } from '../compile/index.ts';
import { pyFunction, type Value } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { CompilableNode, GraphNode } from '../model/index.ts';
import { commentOf } from './query-comment.ts';
import type { ExecuteInput } from './types.ts';

type Owner = GraphNode | CompilableNode;

/** A node's own session on the server. Macros that the adapter itself calls see the node's words. */
export function openSession(
  input: Pick<ExecuteInput, 'compiler' | 'adapter' | 'queryComment' | 'interrupted'>,
  owner: Owner,
): NodeSession {
  const { compiler, queryComment } = input;
  const node = isCompilable(owner) ? owner : bareNode(owner.unique_id, owner.package_name, owner.original_file_path);
  let facade: Value = null;
  const scope = () => compiler.context(node, facade).scope;
  const session = input.adapter.session({
    nodeId: owner.unique_id,
    connectionName: owner.unique_id,
    queryComment: commentOf(input, node),
    appendComment: queryComment.append,
    abort: input.interrupted,
  });
  facade = session.facade;
  session.bindMacros((name, args, kwargs) => {
    const macro = compiler.input.library.find(name, node.package_name);
    if (macro !== undefined) return macro.call(scope(), args, kwargs);
    throw new TsdbtError({ code: 'TSD1103', message: `the adapter needs the macro '${name}', which is not there` });
  });
  return session;
}

/** `write(text)` of a materialization: keeps the statement in target/run. */
export function writeWord(input: ExecuteInput, node: Parameters<typeof writtenPath>[1]): Value {
  const path = `${input.compiler.input.targetPath}/${writtenPath('run', node)}`;
  return pyFunction('write', ['payload'], (payload: Value) => {
    input.write(path, String(payload));
    return '';
  });
}

function isCompilable(owner: Owner): owner is CompilableNode {
  return 'raw_code' in owner && owner.resource_type !== 'seed';
}
