import { TsdbtError } from '../../error/index.ts';
import type { TestNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import { belowTop, fqnOf } from '../files/paths.ts';
import { NO_CHECKSUM } from '../files/source.ts';
import { configure } from '../nodes/configure.ts';
import { compiledNode, type Defaults } from '../nodes/create.ts';
import { addExtraction } from '../nodes/extracted.ts';
import { draftOf } from '../nodes/sql-nodes.ts';
import { pyStr } from '../python.ts';
import type { Templates } from '../templating/templates.ts';
import type { Draft, Writable } from '../types.ts';
import type { SchemaFile } from '../yaml/schema-file.ts';
import { tagsOf } from '../yaml/values.ts';
import { type TestDefinition, type TestTarget, testDefinition } from './definition.ts';
import { testHash } from './name.ts';

export interface TestParts {
  readonly configs: Configs;
  readonly templates: Templates;
  readonly defaults: Defaults;
  readonly argumentsProperty: boolean;
}

/** One entry of `data_tests`, and what it stands under. */
export interface WrittenTest {
  readonly written: Data;
  readonly target: TestTarget;
  /** The key of the file the target stands under, such as `models`. */
  readonly section: string;
  readonly column: DataMap | null;
  readonly quoteColumns: boolean;
  /** Tags of the column, and for a source of source and table. */
  readonly tags: readonly string[];
  /** The node the test is attached to. */
  readonly attached: Draft | undefined;
  readonly file: SchemaFile;
  readonly shown: string;
}

/** Macros whose effect is known: all they ask for is the model they are on. */
const PLAIN = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

/** The node of a generic test, its references gathered and its configuration worked out. Throws TSD1101. */
export function testDraft(test: WrittenTest, parts: TestParts): Draft {
  const { packageName, file } = test.file.entry;
  const column = columnName(test);
  const render = (text: string): Data => parts.templates.value(packageName, text);
  const definition = testDefinition(test.written, test.target, column, {
    argumentsProperty: parts.argumentsProperty,
    render,
  });
  const fqn = [...fqnOf(packageName, belowTop(file)), definition.fullName];
  const node = testNode(test, definition, column, fqn, parts);
  const draft = draftOf(node, { file: test.shown, linesBefore: 0 });
  // dbt looks for the name alone before it minds the package in front of it.
  const word = `test_${definition.name}`;
  const macro =
    parts.templates.macroId(word, packageName) ??
    parts.templates.macroId(`${definition.namespace}.${word}`, packageName);
  if (macro !== undefined) node.depends_on = { macros: [macro], nodes: [] };
  draft.calls = definition.config;
  if (macro !== undefined && PLAIN.has(macro)) addTarget(node, test.target);
  else extract(draft, node, definition, parts);
  configure(draft, parts.configs);
  if (test.attached !== undefined) {
    node.attached_node = test.attached.node.unique_id;
    node.group = test.attached.node.group;
  }
  return draft;
}

function extract(draft: Draft, node: Writable<TestNode>, definition: TestDefinition, parts: TestParts): void {
  const extraction = parts.templates.extractTest(node, definition.args, definition.config);
  addExtraction(node, extraction);
  draft.calls = extraction.calls;
  draft.unrenderedCalls = extraction.unrenderedCalls;
}

function addTarget(node: Writable<TestNode>, target: TestTarget): void {
  if (target.sourceName !== null) node.sources = [[target.sourceName, target.name]];
  else node.refs = [{ name: target.name, package: null, version: target.version }];
}

function testNode(
  test: WrittenTest,
  definition: TestDefinition,
  column: string | null,
  fqn: readonly string[],
  parts: TestParts,
): Writable<TestNode> {
  const { packageName, file } = test.file.entry;
  const metadata = { namespace: definition.namespace, name: definition.name, kwargs: definition.args };
  const hash = testHash(definition.fullName, metadata);
  const base = parts.configs.rendered({ kind: 'test', packageName, fqn }, {});
  const node = compiledNode(
    {
      resourceType: 'test',
      name: definition.fullName,
      packageName,
      path: `${definition.compiledName}.sql`,
      file,
      uniqueId: `test.${packageName}.${definition.fullName}.${hash}`,
      fqn,
      checksum: NO_CHECKSUM,
      code: definition.rawCode,
    },
    base,
    parts.defaults,
  );
  node.tags = sorted([...test.tags, ...testTags(definition.config.tags)]);
  node.description = definition.description;
  return Object.assign(node, {
    resource_type: 'test' as const,
    column_name: column,
    file_key_name: `${test.section}.${test.target.sourceName ?? test.target.name}`,
    attached_node: null,
    test_metadata: { name: definition.name, kwargs: definition.args, namespace: definition.namespace },
  });
}

function testTags(value: Data | undefined): readonly string[] {
  const wrong = Array.isArray(value) ? value.find((tag) => typeof tag !== 'string') : undefined;
  if (wrong === undefined) return tagsOf(value);
  throw new TsdbtError({ code: 'TSD1101', message: `got ${pyStr(wrong)} for tag, expected a str` });
}

/** The column as SQL may name it. dbt quotes with double quotes here, whatever the database. */
function columnName(test: WrittenTest): string | null {
  if (!isDataMap(test.column)) return null;
  const name = String(test.column.name ?? '');
  const quote = test.column.quote ?? null;
  return quote === true || (quote === null && test.quoteColumns) ? `"${name}"` : name;
}

function sorted(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].sort();
}
