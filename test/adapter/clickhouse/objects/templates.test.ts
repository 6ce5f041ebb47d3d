import { describe, expect, test } from 'vitest';
import { clickhouseDialect } from '../../../../src/adapter/index.ts';
import { dbtEnvironment } from '../../../../src/context/index.ts';
import { runSync, scopeOf } from '../../../../src/jinja/index.ts';

/** Renders an expression with `api`, `adapter` (as while parsing) and `r`, the relation `s`.`t`. */
function render(expression: string): string {
  const r = clickhouseDialect.createRelation({ database: '', schema: 's', identifier: 't', type: 'table' });
  const names = new Map([
    ['api', clickhouseDialect.api],
    ['adapter', clickhouseDialect.parseAdapter],
    ['r', r],
  ]);
  return runSync(dbtEnvironment('runtime').compile(`{{ ${expression} }}`).render(scopeOf(names)));
}

const RELATIONS: readonly [expression: string, text: string][] = [
  ['r', '`s`.`t`'],
  ["api.Relation.create(schema='a`b', identifier=\"it's\")", "`a\\`b`.`it\\'s`"],
  ['r.include(schema=false)', '`t`'],
  ['r.without_identifier()', '`s`'],
  ['r.without_identifier().identifier', 'None'],
  ["r.incorporate(path={'identifier': 'u'}, type='view')", '`s`.`u`'],
  ["r.incorporate(path={'identifier': 'u'}, type='view').is_view", 'True'],
  ["r.replace_path(schema='z')", '`z`.`t`'],
  ["r.derivative('_mv', 'materialized_view').is_materialized_view", 'True'],
  ["r.derivative('other', none, true)", '`s`.`other`'],
  ['[r.database, r.schema, r.identifier, r.name, r.table, r.type]', "['', 's', 't', 't', 't', 'table']"],
  ['[r.is_table, r.is_view, r.is_cte, r.can_exchange, r.should_on_cluster]', '[True, False, False, False, False]'],
  ['r.without_identifier().should_on_cluster', 'True'],
  ["r.get('metadata').type", 'ClickHouseRelation'],
  ["r.get('nothing', 7)", '7'],
  ["r['schema']", 's'],
  ["r == api.Relation.create(schema='s', identifier='t', type='table')", 'True'],
  ["r == api.Relation.create(schema='s', identifier='t', type='view')", 'False'],
  ["{r: 1}[api.Relation.create(schema='s', identifier='t')] is defined", 'False'],
  ["api.Relation.create(schema='s', identifier='t', limit=0)", '(select * from `s`.`t` where false limit 0)'],
  ["api.Relation.create(schema='s', identifier='t', limit=3)", '(select * from `s`.`t` limit 3)'],
  ["api.Relation.create(schema='s', identifier='t', limit=3).render()", '`s`.`t`'],
  ["api.Relation.scd_args(['a', 'b'], 'ts')", "['a', 'b', 'ts']"],
  ['r.constructor is defined', 'False'],
  ['r.__proto__ is defined', 'False'],
  ["r.matches(identifier='t')", 'True'],
];

describe('relations', () => {
  test.each(RELATIONS)('%s', (expression, text) => {
    expect(render(expression)).toBe(text);
  });

  test('a database that is not the schema is refused', () => {
    expect(() => render("api.Relation.create(database='d', schema='s', identifier='t')")).toThrow(
      /Cannot set database d in clickhouse!/,
    );
    expect(render("api.Relation.create(database='s', schema='s', identifier='t')")).toBe('`s`.`t`');
  });

  test('a type that is none is refused', () => {
    expect(() => render("api.Relation.create(schema='s', type='tabel')")).toThrow(
      /'tabel' is not a valid relation type/,
    );
  });
});

const COLUMNS: readonly [type: string, expression: string, text: string][] = [
  ['UInt64', 'c.data_type', 'UInt64'],
  [
    'LowCardinality(Nullable(String))',
    '[c.dtype, c.data_type, c.is_nullable, c.is_low_cardinality]',
    "['String', 'LowCardinality(Nullable(String))', True, True]",
  ],
  ['Nullable(Int8)', 'c', 'x Nullable(Nullable(Int8))'],
  ['FixedString(16)', '[c.data_type, c.char_size, c.string_size()]', "['String', 16, 16]"],
  ['String', 'c.string_size()', '256'],
  [
    'Decimal(18, 3)',
    '[c.data_type, c.numeric_precision, c.numeric_scale, c.is_numeric()]',
    "['Decimal(18, 3)', 18, 3, True]",
  ],
  [
    'Array(Nullable(String))',
    '[c.data_type, c.is_string(), c.is_nullable]',
    "['Array(Nullable(String))', False, False]",
  ],
  ['Int32', "[c.is_integer(), c.is_number(), c.is_float(), c.literal('5')]", "[True, True, False, 'toInt32(5)']"],
  ['Float64', '[c.is_float(), c.is_number()]', '[True, True]'],
  ['Int32', '[c.name, c.column, c.quoted]', "['x', 'x', '\"x\"']"],
  ['FixedString(3)', "c.can_expand_to(api.Column('y', 'FixedString(9)'))", 'True'],
  ['String', "c.can_expand_to(api.Column('y', 'Int8'))", 'False'],
];

describe('columns', () => {
  test.each(COLUMNS)('%s: %s', (type, expression, text) => {
    expect(render(expression.replace(/\bc\b(?!\()/g, `api.Column('x', '${type}')`))).toBe(text);
  });

  test('dbt names of types', () => {
    expect(
      render(
        "[api.Column.translate_type('string'), api.Column.translate_type('integer'), api.Column.translate_type('Array(Int8)')]",
      ),
    ).toBe("['String', 'Int32', 'Array(Int8)']");
    expect(render("api.Column.create('a', 'timestamp').data_type")).toBe('DateTime');
    expect(render("api.Column.numeric_type('numeric', 28, 6)")).toBe('Decimal(28, 6)');
  });
});

describe('adapter while parsing', () => {
  const ANSWERS: readonly [expression: string, text: string][] = [
    ["adapter.get_relation('', 's', 't')", 'None'],
    ['adapter.get_columns_in_relation(r)', '[]'],
    ["adapter.execute('select 1')[1].rows | length", '0'],
    ["adapter.quote('a\"b')", '"a\\"b"'],
    ["adapter.quote_seed_column('a', false)", 'a'],
    ["adapter.check_schema_exists('', 's')", 'False'],
    ['adapter.drop_relation(r)', 'None'],
    ['adapter.type()', 'clickhouse'],
    ['adapter.get_clickhouse_cluster_name()', 'None'],
    ['adapter.behavior.any_flag.no_warn', 'False'],
    ['adapter.no_such_method is defined', 'False'],
  ];
  test.each(ANSWERS)('%s', (expression, text) => {
    expect(render(expression)).toBe(text);
  });
});
