import { join } from 'node:path';
import { loadSeed, type NodeSession } from '../../adapter/index.ts';
import { pyFunction } from '../../context/index.ts';
import type { CompilableNode, SeedNode } from '../../model/index.ts';
import { isDataMap } from '../../util/data.ts';
import type { Outcome, Running } from '../types.ts';
import { materialize } from './materialize.ts';
import { COMPILED, made } from './result.ts';

/** Loads a CSV file; its rows reach the macro through `load_agate_table()`. */
export async function runSeed({ input, node }: Running<SeedNode>, session: NodeSession): Promise<Outcome> {
  if (input.compileOnly) return COMPILED;
  const types = node.config['column_types'];
  const { rootPackage, packages } = input.compiler.input.environment;
  const owner = packages.find(({ name }) => name === node.package_name) ?? rootPackage;
  const load = (): Promise<unknown> =>
    loadSeed(join(owner.root, node.original_file_path), {
      delimiter: node.config['delimiter'] as string | undefined,
      textColumns: isDataMap(types) ? Object.keys(types) : [],
    });
  const extras = new Map([['load_agate_table', pyFunction('load_agate_table', [], load)]]);
  return made(await materialize(input, session, node as unknown as CompilableNode, extras));
}
