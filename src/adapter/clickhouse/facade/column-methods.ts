import { Dict, type Step, type Value } from '../../../jinja/index.ts';
import { expressionOf, isComputed, isSameExpression } from '../column-expression.ts';
import { columnDefinition } from '../constraints.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import { Column } from '../objects/column.ts';
import type { Relation } from '../objects/relation.ts';
import { stringLiteral } from '../quote.ts';
import { field, items, text } from './template-value.ts';

/** Columns that the table itself fills: DEFAULT, MATERIALIZED and ALIAS, as the model's YAML describes them. */
export const columnMethods: Methods = {
  /** Whether any of the described columns is one. */
  has_computed_columns: () =>
    method('has_computed_columns', ['columns'], (columns) => described(columns).some(isComputed)),
  /** Those of the described columns whose values a query may give; of those with a DEFAULT, the ones it does give. */
  given_columns: () =>
    method('given_columns', ['columns', 'query_columns'], (columns, query) => {
      const given = new Set(items(query).map((column) => text(field(column, 'name'))));
      return described(columns).filter((column) => !isComputed(column) || given.has(text(field(column, 'name'))));
    }),
  /** The column list of CREATE TABLE: the query's columns by their types, then those that only the table knows. */
  table_columns: () =>
    method('table_columns', ['query_columns', 'columns'], (query, columns) => {
      const all = described(columns);
      const known = new Map(all.map((column) => [text(field(column, 'name')), column]));
      const given: readonly Column[] = items(query);
      const names = new Set(given.map(({ name }) => name));
      const others = all.filter((column) => isComputed(column) && !names.has(text(field(column, 'name'))));
      return [
        ...given.map(({ name, rawType }) => definition(known.get(name) ?? null, name, rawType)),
        ...others.map((column) => definition(column, text(field(column, 'name')), text(field(column, 'data_type')))),
      ];
    }),
  /** The columns of a table that rows are written to. */
  get_writable_columns: (node) =>
    method('get_writable_columns', ['relation'], function* (relation: Relation) {
      return (yield* readWritable(node, relation)).map(({ column }) => column);
    }),
  /** Every column of a table, those that it fills by itself among them. */
  get_table_columns: (node) =>
    method('get_table_columns', ['relation'], function* (relation: Relation) {
      return (yield* readAll(node, relation)).map(({ column }) => column);
    }),
  /** ADD and MODIFY for the described columns whose expression the table lacks or has otherwise. */
  computed_column_changes: (node) =>
    method('computed_column_changes', ['relation', 'columns'], function* (relation: Relation, columns) {
      const wanted = described(columns).filter(isComputed);
      if (wanted.length === 0)
        return new Dict([
          ['add', []],
          ['modify', []],
        ]);
      const there = new Map((yield* readAll(node, relation)).map((one) => [one.column.name, one]));
      const add: string[] = [];
      const modify: string[] = [];
      for (const column of wanted) {
        const name = text(field(column, 'name'));
        const { kind, expression } = expressionOf(column)!;
        const before = there.get(name);
        const type = text(field(column, 'data_type'));
        if (before === undefined) add.push(definition(column, name, type));
        else if (before.kind !== kind || !isSameExpression(before.expression, expression)) {
          modify.push(definition(column, name, type || before.column.rawType));
        }
      }
      return new Dict([
        ['add', add],
        ['modify', modify],
      ]);
    }),
};

function described(columns: Value): readonly Value[] {
  return columns instanceof Dict ? [...columns.values()] : items(columns);
}

function definition(column: Value, name: string, dataType: string): string {
  const computed = column === null ? undefined : expressionOf(column);
  const codec = computed === undefined ? undefined : text(field(column, 'codec'));
  const ttl = computed === undefined ? undefined : text(field(column, 'ttl'));
  return columnDefinition({ name, dataType, codec, ttl, computed });
}

interface TableColumn {
  readonly column: Column;
  /** `DEFAULT`, `MATERIALIZED`, `ALIAS`, `EPHEMERAL` or ''. */
  readonly kind: string;
  readonly expression: string;
}

/** The columns of a relation with how the table fills them. */
function* readAll(node: NodeState, relation: Relation): Step<readonly TableColumn[]> {
  const key = `computed ${relation.render()}`;
  const before = node.columns.get(key) as readonly TableColumn[] | undefined;
  if (before !== undefined) return before;
  const { schema, identifier } = relation.state;
  const { rows } = (yield node.run(
    `select name, type, default_kind, default_expression from system.columns where database = ${stringLiteral(schema ?? '')} and table = ${stringLiteral(identifier ?? '')} order by position`,
    { fetch: true },
  )) as { readonly rows: readonly (readonly unknown[])[] };
  const columns = rows.map(([name, type, kind, expression]) => ({
    column: new Column(String(name), String(type)),
    kind: String(kind),
    expression: String(expression),
  }));
  if (columns.length > 0) node.columns.set(key, columns as unknown as Value);
  return columns;
}

function* readWritable(node: NodeState, relation: Relation): Step<readonly TableColumn[]> {
  return (yield* readAll(node, relation)).filter(({ kind }) => kind === '' || kind === 'DEFAULT');
}

/** The columns that a query is compared with: not those that the table fills by itself. */
export function* readComparable(node: NodeState, relation: Relation, columns: Value): Step<readonly Column[]> {
  const own = new Set(
    described(columns)
      .filter(isComputed)
      .map((column) => text(field(column, 'name'))),
  );
  return (yield* readWritable(node, relation))
    .filter(({ column, kind }) => kind === '' || !own.has(column.name))
    .map(({ column }) => column);
}
