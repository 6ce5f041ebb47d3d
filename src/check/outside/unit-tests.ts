import type { Manifest, UnitTestNode } from '../../model/index.ts';
import { isDataMap } from '../../util/data.ts';
import type { CheckInput, CheckResult, Finding } from '../types.ts';

/** Columns that a unit test gives or expects and that the real input, or its model, does not have. */
export function unitTestFindings(
  test: UnitTestNode,
  nodes: CheckResult['nodes'],
  manifest: Manifest,
  readFile: CheckInput['readFile'],
): readonly Finding[] {
  const tested = test.depends_on.nodes.find((id) => manifest.nodes[id]?.name === test.model);
  const parts = [
    ...test.given.map((given) => ({ ...given, id: inputOf(test, given.input, tested), part: `given ${given.input}` })),
    { ...test.expect, id: tested, part: 'expect' },
  ];
  return parts.flatMap(({ id, rows, part, format }) => {
    const typed = id === undefined ? undefined : nodes.get(id);
    if (typed?.state !== 'typed' || format === 'sql') return [];
    const names = new Set(typed.columns.map(({ name }) => name));
    return columnsOf(rows)
      .filter((name) => !names.has(name))
      .map((name) => finding(test, name, part, id!, readFile));
  });
}

/** The node of `ref('x')`, `source('a', 'b')`, `this`, where just one can be meant. */
function inputOf({ depends_on }: UnitTestNode, input: string, tested: string | undefined): string | undefined {
  if (input.trim() === 'this') return tested;
  const names = [...input.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1]!);
  const kind = input.trim().startsWith('source') ? ['source'] : ['model', 'seed', 'snapshot'];
  const meant = depends_on.nodes.filter((id) => {
    const [type = '', , ...rest] = id.split('.');
    return kind.includes(type) && (type === 'source' ? rest.join('.') === names.join('.') : rest[0] === names.at(-1));
  });
  return meant.length === 1 ? meant[0] : undefined;
}

function columnsOf(rows: unknown): readonly string[] {
  if (typeof rows === 'string')
    return (rows.trim().split('\n')[0] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  if (!Array.isArray(rows)) return [];
  return [...new Set(rows.flatMap((row) => (isDataMap(row) ? Object.keys(row) : [])))];
}

function finding(
  test: UnitTestNode,
  column: string,
  part: string,
  id: string,
  readFile: CheckInput['readFile'],
): Finding {
  const { original_file_path: file, package_name, name } = test;
  const contents = readFile(package_name, file) ?? '';
  const start = Math.max(contents.search(new RegExp(`\\bname:\\s*["']?${escaped(name)}\\b`)), 0);
  const section = Math.max(
    contents.slice(start).search(part === 'expect' ? /\bexpect:/ : new RegExp(escaped(part.slice(6)))),
    0,
  );
  const word = Math.max(contents.slice(start + section).search(new RegExp(`\\b${escaped(column)}\\b`)), 0);
  const before = contents.slice(0, start + section + word).split('\n');
  return {
    code: 'TSD4004',
    severity: 'error',
    uniqueId: test.unique_id,
    subject: `unit test ${name}`,
    message: `${part} names column ${column}, which ${id.split('.').slice(2).join('.')} does not have`,
    at: { file, line: before.length, col: before.at(-1)!.length + 1 },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
