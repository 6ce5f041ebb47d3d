import type { ModelNode, TestNode } from '../../model/index.ts';
import { type Data, isDataMap } from '../../util/data.ts';
import type { Found, Writable } from '../types.ts';

/** Works out each model's `primary_key` from its constraints, else from its tests, disabled ones included. */
export function inferPrimaryKeys(found: Found): void {
  const tests = testsByNode(found);
  for (const { node } of found.nodes.values()) {
    if (node.resource_type === 'model')
      node.primary_key = [...primaryKey(node, tests.get(node.unique_id) ?? [])].sort();
  }
}

function primaryKey(node: Writable<ModelNode>, tests: readonly Writable<TestNode>[]): Iterable<string> {
  const constraint = node.constraints.find((each) => each.type === 'primary_key');
  if (constraint !== undefined) return constraint.columns ?? [];
  const column = Object.values(node.columns).find((each) => each.constraints.some((one) => one.type === 'primary_key'));
  if (column !== undefined) return [column.name];
  const unique = new Set<string>();
  const disabledUnique = new Set<string>();
  const notNull = new Set<string>();
  for (const test of tests) {
    const name = test.test_metadata?.name;
    const isUnique = name === 'unique' || name === 'unique_combination_of_columns';
    const set = isUnique ? (test.config.enabled ? unique : disabledUnique) : name === 'not_null' ? notNull : undefined;
    for (const each of set === undefined ? [] : columnsOf(test)) set?.add(each);
  }
  const both = [...notNull].filter((each) => unique.has(each) || disabledUnique.has(each));
  if (both.length > 0) return both;
  return unique.size > 0 ? unique : disabledUnique;
}

function columnsOf(test: Writable<TestNode>): readonly string[] {
  const kwargs: Data = test.test_metadata?.kwargs ?? {};
  if (!isDataMap(kwargs)) return [];
  if (typeof kwargs.column_name === 'string') return [kwargs.column_name];
  const columns = kwargs.combination_of_columns;
  return Array.isArray(columns) ? columns.filter((each) => typeof each === 'string') : [];
}

function testsByNode(found: Found): ReadonlyMap<string, readonly Writable<TestNode>[]> {
  const tests = new Map<string, Writable<TestNode>[]>();
  const add = (node: { readonly resource_type: string }): void => {
    if (node.resource_type !== 'test') return;
    const test = node as Writable<TestNode>;
    const attached = test.attached_node ?? null;
    if (attached === null) return;
    const list = tests.get(attached) ?? [];
    list.push(test);
    tests.set(attached, list);
  };
  for (const { node } of found.nodes.values()) add(node);
  for (const entries of found.disabled.values()) {
    for (const entry of entries) if (entry.kind === 'node') add(entry.draft.node);
  }
  return tests;
}
