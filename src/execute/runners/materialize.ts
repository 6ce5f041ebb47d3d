import type { NodeSession } from '../../adapter/index.ts';
import type { Extras } from '../../compile/index.ts';
import {
  explainTemplateError,
  missingMaterializationText,
  type RuntimeContext,
  runAsync,
} from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import type { CompilableNode } from '../../model/index.ts';
import { writeWord } from '../session.ts';
import type { ExecuteInput } from '../types.ts';

/** A materialization says which languages it builds from: those for ClickHouse know SQL alone. */
function refuseLanguage({ compiler }: ExecuteInput, macroId: string, node: CompilableNode): void {
  const macro = compiler.input.manifest.macros[macroId];
  const languages = macro?.supported_languages ?? null;
  // A seed has no language.
  const { language = 'sql' } = node as Partial<CompilableNode>;
  if (languages === null || languages.includes(language)) return;
  throw new TsdbtError({
    code: 'TSD2003',
    message: `Materialization "${macro?.name}" only supports languages [${languages.map((each) => `'${each}'`).join(', ')}]; got "${language}"`,
    at: { file: node.original_file_path, line: 1, col: 0 },
    hint: 'ClickHouse runs no Python: write the model in SQL',
  });
}

/** Runs the macro that makes a node's relation, or judges a test. */
export async function materialize(
  input: ExecuteInput,
  session: NodeSession,
  node: CompilableNode,
  extras: Extras,
): Promise<RuntimeContext> {
  const name = String(node.config.materialized);
  const macro = input.compiler.input.library.findMaterialization(name, node.package_name);
  if (macro === undefined) {
    throw new TsdbtError({
      code: 'TSD2003',
      message: missingMaterializationText(name, input.compiler.input.environment.dialect.type),
      at: { file: node.original_file_path, line: 1, col: 0 },
      hint: 'Check `materialized` for a typing error, or write the materialization as a macro of the project.',
    });
  }
  refuseLanguage(input, macro.uniqueId, node);
  const words = new Map([...extras, ['write', writeWord(input, node)]]);
  const context = input.compiler.context(node, session.facade, words);
  try {
    await runAsync(macro.call(context.scope, []));
  } catch (error) {
    throw explainTemplateError(error, node.original_file_path);
  }
  return context;
}
