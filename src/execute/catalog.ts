import { bareNode } from '../compile/index.ts';
import { AgateTable, explainTemplateError, runAsync, toData, type Value } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { DataMap } from '../util/data.ts';
import { openSession } from './session.ts';
import type { ExecuteInput } from './types.ts';

export interface CatalogPlace {
  readonly schema: string;
  readonly identifier: string;
}

/** So many relations are asked for by name; beyond, whole schemas are read. */
const BY_NAME = 100;

/** The columns of these relations as the project's or the adapter's `get_catalog` macros tell them, one row for each. */
export async function readCatalogRows(
  input: Pick<ExecuteInput, 'compiler' | 'adapter' | 'queryComment' | 'interrupted'>,
  places: readonly CatalogPlace[],
): Promise<readonly DataMap[]> {
  if (places.length === 0) return [];
  const { environment, library } = input.compiler.input;
  const root = environment.rootPackage.name;
  const byName = places.length <= BY_NAME;
  const name = byName ? 'get_catalog_relations' : 'get_catalog';
  const macro = library.find(name, root);
  if (macro === undefined) {
    throw new TsdbtError({ code: 'TSD1103', message: `the macro '${name}', which reads the catalog, is not there` });
  }
  const asked: Value[] = byName
    ? places.map((place) => environment.dialect.createRelation({ database: '', ...place }))
    : [...new Set(places.map(({ schema }) => schema))];
  const node = bareNode('generate_catalog', root, 'dbt_project.yml');
  const session = openSession(input, node);
  try {
    const { scope } = input.compiler.context(node, session.facade);
    return rowsOf(name, await runAsync(macro.call(scope, ['', asked])));
  } catch (error) {
    throw explainTemplateError(error);
  } finally {
    await session.close();
  }
}

function rowsOf(name: string, table: Value): DataMap[] {
  if (!(table instanceof AgateTable)) {
    throw new TsdbtError({
      code: 'TSD3004',
      message: `the macro '${name}' gave no table`,
      hint: 'A macro of the project with this name must return what run_query() gives.',
    });
  }
  return table.matrix().map((row) => {
    const cells: unknown[] = [...(row as Iterable<unknown>)];
    return Object.fromEntries(table.columnNames.map((column, index) => [column, toData(cells[index])]));
  });
}
