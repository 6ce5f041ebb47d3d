import { compileNode } from '../../compile/index.ts';
import { isTsdbtError } from '../../error/index.ts';
import type { TestNode } from '../../model/index.ts';
import { describe } from '../engine.ts';
import { namedIn } from '../locate/blame.ts';
import { yamlPlace } from '../locate/yaml-place.ts';
import { hintOf, messageOf } from '../refusal.ts';
import { openSession } from '../session.ts';
import type { Checking, Finding } from '../types.ts';

/** What these say of a model is their column, which is compared with the model's own. */
const PLAIN = new Set(['not_null', 'unique', 'accepted_values']);

/** Whether a generic test's own SQL must be asked about. */
export function hasOwnSql({ test_metadata: meta, column_name, config }: TestNode): boolean {
  if (meta === undefined) return true;
  const isPlain = PLAIN.has(meta.name) && !meta.namespace && !config['where'];
  return !isPlain || column_name === null || !/^\w+$/.test(column_name ?? '');
}

/** So many tests are asked about in one statement. */
const TOGETHER = 24;

/** Asks the engine about the SQL of generic tests, many at a time; each that it refuses is a finding where YAML has the test. */
export async function genericTestFindings(
  input: Checking,
  tests: readonly TestNode[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const found = new Map<string, readonly Finding[]>(tests.map(({ unique_id }) => [unique_id, []]));
  const asked: { readonly test: TestNode; readonly sql: string }[] = [];
  for (const test of tests) {
    try {
      const { compiled_code: sql = '' } = await compileNode(input.compiler, test, openSession(input, test).facade);
      asked.push({ test, sql });
    } catch (error) {
      // A test may ask for rows; whatever else is wrong with it, building tells.
      if (!isTsdbtError(error)) throw error;
    }
  }
  for (let i = 0; i < asked.length; i += TOGETHER) {
    const some = asked.slice(i, i + TOGETHER);
    const all = await describe(input.engine, some.map(({ sql }) => `select 1 from (\n${sql}\n)`).join('\nunion all\n'));
    if (all.ok) continue;
    for (const { test, sql } of some) {
      const one = await describe(input.engine, sql);
      if (one.ok) continue;
      const finding: Finding = {
        code: 'TSD4002',
        severity: 'error',
        uniqueId: test.unique_id,
        subject: `test ${test.name}`,
        message: messageOf(one.error),
        at: placeOf(input, test, namedIn(one.error.text)),
        hint: hintOf(one.error),
      };
      found.set(test.unique_id, [finding]);
    }
  }
  return found;
}

/** The word the engine objects to, behind the test's name, behind the column or the model that has the test. */
function placeOf({ readFile, compiler }: Checking, test: TestNode, named: string | undefined): Finding['at'] {
  const { original_file_path: file, package_name, attached_node, column_name, test_metadata: meta } = test;
  const contents = readFile(package_name, file) ?? '';
  const { nodes, sources } = compiler.input.manifest;
  const owner = attached_node == null ? undefined : (nodes[attached_node] ?? sources[attached_node]);
  const place = yamlPlace(file, contents, [owner?.name ?? '', ...(column_name ? [column_name] : [])]);
  const lines = contents.split('\n');
  let offset = lines.slice(0, place.line - 1).join('\n').length + Math.max(place.col - 1, 0);
  const words = [meta?.name, named?.split('.').at(-1)];
  for (const word of words) {
    const at = word === undefined ? -1 : contents.slice(offset).search(new RegExp(`\\b${word.replace(/\W/g, '.')}\\b`));
    if (at >= 0) offset += at;
  }
  const before = contents.slice(0, offset).split('\n');
  return { file, line: before.length, col: before.at(-1)!.length + 1 };
}
