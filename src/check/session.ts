import type { NodeSession } from '../adapter/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { CompilableNode } from '../model/index.ts';
import type { Checking } from './types.ts';

/** What a node's templates call `adapter`, over the engine. */
export function openSession({ compiler, adapter }: Checking, node: CompilableNode): NodeSession {
  const session = adapter.session({ nodeId: node.unique_id, connectionName: node.unique_id, queryComment: null });
  session.bindMacros((name, args, kwargs) => {
    const macro = compiler.input.library.find(name, node.package_name);
    if (macro !== undefined) return macro.call(compiler.context(node, session.facade).scope, args, kwargs);
    throw new TsdbtError({ code: 'TSD1103', message: `the adapter needs the macro '${name}', which is not there` });
  });
  return session;
}
