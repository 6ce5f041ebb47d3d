import type { AgateTable } from '../../../context/index.ts';
import { TsdbtError } from '../../../error/index.ts';
import { Dict, PyObject, type Value } from '../../../jinja/index.ts';
import { expressionOf } from '../column-expression.ts';
import { columnDefinition, constraintClause } from '../constraints.ts';
import { csvText } from '../csv-text.ts';
import type { Methods } from '../node-state.ts';
import { method } from '../objects/arguments.ts';
import type { Column } from '../objects/column.ts';
import { ColumnClass } from '../objects/column-class.ts';
import { RelationClass } from '../objects/relation-class.ts';
import { doubleQuote } from '../quote.ts';
import { seedType } from '../seed-type.ts';
import { splitViews, viewTarget } from '../view-text.ts';
import { field, items, present, text } from './template-value.ts';

/** What needs no server: names, types, texts. */
export const textMethods: Methods = {
  quote: () => method('quote', ['identifier'], (identifier) => doubleQuote(text(identifier))),
  quote_as_configured: () =>
    method('quote_as_configured', ['identifier', 'quote_key'], (identifier) => doubleQuote(identifier)),
  quote_seed_column: () =>
    method('quote_seed_column', ['column', 'quote_config?'], (column, quoting) => {
      if (present(quoting) && typeof quoting !== 'boolean')
        throw new TsdbtError({
          code: 'TSD1003',
          message: `The seed configuration value of "quote_columns" has an invalid type ${typeof quoting}`,
          hint: 'It is true or false.',
        });
      return quoting === false ? text(column) : doubleQuote(text(column));
    }),
  convert_type: () =>
    method('convert_type', ['agate_table', 'col_idx'], (table: AgateTable, at: number) => seedType(table, at)),
  get_csv_data: () => method('get_csv_data', ['table'], (table: AgateTable) => csvText(table)),
  format_columns: () =>
    method('format_columns', ['columns'], (columns) =>
      items(columns).map(
        (column: Column) =>
          new Dict([
            ['name', column.name],
            ['data_type', column.dataType],
          ]),
      ),
    ),
  render_raw_columns_constraints: (node) =>
    method('render_raw_columns_constraints', ['raw_columns'], (columns) => {
      const described = columns instanceof Dict ? [...columns.values()] : items(columns);
      return described.map((column) => {
        if (items(field(column, 'constraints')).length > 0)
          node.server.emit({ name: 'ConstraintNotSupported', data: { constraint: 'column', adapter: 'clickhouse' } });
        return columnDefinition({
          name: text(field(column, 'name')),
          dataType: text(field(column, 'data_type')),
          codec: text(field(column, 'codec')),
          ttl: text(field(column, 'ttl')),
          computed: expressionOf(column),
        });
      });
    }),
  render_raw_model_constraints: (node) =>
    method('render_raw_model_constraints', ['raw_constraints'], (constraints) =>
      items(constraints).flatMap((constraint) => {
        const type = text(field(constraint, 'type'));
        const clause = constraintClause({
          type,
          name: text(field(constraint, 'name')) || null,
          expression: text(field(constraint, 'expression')) || null,
        });
        if (clause !== undefined) return [clause];
        if (type !== 'check' && field(constraint, 'warn_unsupported') !== false)
          node.server.emit({ name: 'ConstraintNotSupported', data: { constraint: type, adapter: 'clickhouse' } });
        return [];
      }),
    ),
  /** Whether a query seems to end in SETTINGS, in front of which a LIMIT must stand. */
  has_settings_clause: () => method('has_settings_clause', ['sql'], (sql) => /\bsettings\s+\w+\s*=/i.test(text(sql))),
  /** The queries of a materialized-view model, by the suffix of each view. */
  split_views: () => method('split_views', ['sql'], (sql) => new Dict(splitViews(text(sql)))),
  /** [schema, identifier] of the table such a model names, or none. */
  view_target: () =>
    method('view_target', ['sql'], (sql) => {
      const target = viewTarget(text(sql));
      return target === undefined ? null : [target.schema, target.identifier];
    }),
  Relation: () => new RelationClass(),
  Column: () => new ColumnClass(),
  behavior: () => new Behavior(),
};

/** `adapter.behavior.<flag>`: no flag of the adapter's own is on. */
class Behavior extends PyObject {
  pyTypeName(): string {
    return 'Behavior';
  }

  override pyTruth(): boolean {
    return false;
  }

  override pyAttr(name: string): Value | undefined {
    return name === 'no_warn' || name === 'setting' ? false : new Behavior();
  }
}
