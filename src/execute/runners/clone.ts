import type { NodeSession } from '../../adapter/index.ts';
import type { Place } from '../../compile/index.ts';
import { explainTemplateError, runAsync, statementResult, type Value } from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import type { CompilableNode } from '../../model/index.ts';
import type { Outcome, Running } from '../types.ts';

/** Makes a node's relation out of the one another environment has, by the materialization `clone`. */
export async function runClone(
  { input, node }: Running<CompilableNode>,
  session: NodeSession,
  from: Place | undefined,
): Promise<Outcome> {
  const { library, environment } = input.compiler.input;
  const macro = library.findMaterialization('clone', environment.rootPackage.name);
  if (macro === undefined)
    throw new TsdbtError({ code: 'TSD1103', message: "the materialization 'clone' is not there" });
  const relation: Value = from === undefined ? null : environment.dialect.createRelation({ database: '', ...from });
  const sql =
    from === undefined ? '' : `select * from ${environment.dialect.renderRelation({ database: '', ...from })}`;
  const words = new Map<string, Value>([
    ['defer_relation', relation],
    ['sql', sql],
    ['compiled_code', sql],
  ]);
  const context = input.compiler.context(node, session.facade, words);
  try {
    await runAsync(macro.call(context.scope, []));
  } catch (error) {
    throw explainTemplateError(error, node.original_file_path);
  }
  const main = statementResult(context, 'main');
  const message = main === undefined ? 'No-op' : String(main.response['_message'] ?? 'OK');
  return { status: 'success', message, failures: null, adapterResponse: main?.response ?? {} };
}
