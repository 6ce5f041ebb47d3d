import { bareNode } from '../compile/index.ts';
import {
  explainTemplateError,
  type FoundMacro,
  fromData,
  type MacroLibrary,
  runAsync,
  type Value,
} from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { DataMap } from '../util/data.ts';
import { openSession } from './session.ts';
import type { ExecuteInput } from './types.ts';

/** The macro that `run-operation` is asked for. Throws TSD1103 where there is none. */
export function operationMacro(library: MacroLibrary, name: string): FoundMacro {
  const [first, second] = name.split('.');
  const macro = second === undefined ? library.find(name, null) : library.find(second, first ?? null);
  if (macro === undefined) {
    throw new TsdbtError({
      code: 'TSD1103',
      message: `dbt could not find a macro with the name '${name}' in any package`,
      hint: 'Macros are looked for in the project, its packages and the built-in ones; `tsdbt parse` reads them all.',
    });
  }
  return macro;
}

/** `run-operation`: calls a macro by name, `package.macro` or plain, with named arguments; gives what it returned. */
export async function runOperation(
  input: Pick<ExecuteInput, 'compiler' | 'adapter' | 'queryComment' | 'interrupted'>,
  name: string,
  args: DataMap,
): Promise<{ readonly uniqueId: string; readonly value: Value }> {
  const { manifest, library, environment } = input.compiler.input;
  const macro = operationMacro(library, name);
  const source = manifest.macros[macro.uniqueId];
  const node = bareNode(macro.uniqueId, environment.rootPackage.name, source?.original_file_path ?? name);
  const session = openSession(input, node);
  try {
    const context = input.compiler.context(node, session.facade);
    const kwargs = new Map<string, Value>(Object.entries(args).map(([key, value]) => [key, fromData(value)]));
    return { uniqueId: macro.uniqueId, value: await runAsync(macro.call(context.scope, [], kwargs)) };
  } catch (error) {
    throw explainTemplateError(error);
  } finally {
    await session.close();
  }
}
