import { TsdbtError } from '../../../error/index.ts';
import type { Step, Value } from '../../../jinja/index.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import type { Relation } from '../objects/relation.ts';
import { readColumns } from './relation-methods.ts';
import { configValue, field, present, text } from './template-value.ts';

const HARD_DELETES = ['ignore', 'invalidate', 'new_record'];
const META_COLUMNS = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'];

export const snapshotMethods: Methods = {
  get_hard_deletes_behavior: () =>
    method('get_hard_deletes_behavior', ['config'], function* (config) {
      const older = yield* configValue(config, 'invalidate_hard_deletes');
      const behavior = yield* configValue(config, 'hard_deletes');
      if (present(older) && present(behavior))
        throw wrong(
          'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
        );
      if (older === true) return 'invalidate';
      if (!present(behavior)) return 'ignore';
      if (HARD_DELETES.includes(behavior)) return behavior;
      throw wrong("Invalid setting for property hard_deletes, expected one of: 'ignore', 'invalidate', 'new_record'");
    }),
  valid_snapshot_target: (node) =>
    method('valid_snapshot_target', ['relation', 'column_names?'], (relation, names) =>
      requireColumns(
        node,
        relation,
        META_COLUMNS.map((column) => text(field(names, column)) || column),
      ),
    ),
  assert_valid_snapshot_target_given_strategy: (node) =>
    method(
      'assert_valid_snapshot_target_given_strategy',
      ['relation', 'column_names', 'strategy'],
      (relation, names, strategy) => {
        const wanted =
          text(field(strategy, 'hard_deletes')) === 'new_record' ? [...META_COLUMNS, 'dbt_is_deleted'] : META_COLUMNS;
        return requireColumns(
          node,
          relation,
          wanted.map((column) => text(field(names, column)) || column),
        );
      },
    ),
};

function* requireColumns(node: NodeState, relation: Relation, wanted: readonly string[]): Step<Value> {
  const there = new Set((yield* readColumns(node, relation)).map((column) => column.name.toLowerCase()));
  const missing = wanted.filter((column) => !there.has(column.toLowerCase()));
  if (missing.length === 0) return null;
  throw wrong(
    `Snapshot target is missing configured columns (missing ${missing.map((column) => `"${column}"`).join(', ')})`,
  );
}

function wrong(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD3004', message });
}
