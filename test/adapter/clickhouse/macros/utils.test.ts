import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dbtEnvironment } from '../../../../src/context/index.ts';
import { runAsync } from '../../../../src/jinja/index.ts';
import { driverOnServer } from '../private-server.ts';
import { TestProject } from './project.ts';

let project: TestProject;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await driverOnServer();
  close = server.close;
  project = new TestProject(server.driver, 'main');
  await project.newInvocation();
});
afterAll(() => close());

/** Renders a query as a model would, runs it, and gives its rows. */
async function ask(template: string): Promise<readonly (readonly unknown[])[]> {
  const sql = await project.render((scope) => runAsync(dbtEnvironment('runtime').compile(template).render(scope)));
  return await project.rows(sql);
}

const DAY = "toDate('2024-01-31')";
const VALUES: readonly [expression: string, value: unknown][] = [
  [`toString({{ dbt.dateadd('month', 1, "${DAY}") }})`, '2024-02-29'],
  [`toString({{ dbt.dateadd(datepart='day', interval=-1, from_date_or_timestamp="${DAY}") }})`, '2024-01-30'],
  [`{{ dbt.datediff("${DAY}", "toDate('2024-03-01')", 'day') }}`, 30],
  [`toString({{ dbt.date_trunc('month', "${DAY}") }})`, '2024-01-01'],
  [`toString(toDate({{ dbt.last_day("toDate('2024-02-03')", 'month') }}))`, '2024-02-29'],
  ['toString({{ dbt.date(2024, 2, 3) }})', '2024-02-03'],
  [`{{ dbt.concat(["'a'", "'b'"]) }}`, 'ab'],
  [`{{ dbt.length("'abc'") }}`, 3],
  [`{{ dbt.position("'c'", "'abc'") }}`, 3],
  [`{{ dbt.right("'abc'", 2) }}`, 'bc'],
  [`{{ dbt.split_part("'a|b|c'", "'|'", 2) }}`, 'b'],
  [`{{ dbt.replace("'abc'", 'b', 'x') }}`, 'axc'],
  [`{{ dbt.hash("'a'") }}`, '0cc175b9c0f1b6a831c399e269772661'],
  [`{{ dbt.string_literal(dbt.escape_single_quotes("it's \\\\ it")) }}`, "it's \\ it"],
  [`{{ dbt.cast("'7'", dbt.type_int()) }}`, 7],
  [`{{ dbt.safe_cast("'7'", api.Column.translate_type('integer')) }}`, 7],
  [`{{ dbt.safe_cast('null', 'String') }}`, ''],
  [`{{ dbt.cast_bool_to_text('1 = 1') }}`, 'true'],
  [`toTypeName({{ dbt.cast('1.5', dbt.type_float()) }})`, 'Float32'],
  [`toTypeName({{ dbt.cast('1', dbt.type_numeric()) }})`, 'Decimal(28, 6)'],
  [`toTypeName({{ dbt.cast('1', dbt.type_bigint()) }})`, 'Int64'],
  [`toTypeName({{ dbt.cast('1', dbt.type_boolean()) }})`, 'Bool'],
  [`toTypeName({{ dbt.cast("'a'", dbt.type_string()) }})`, 'String'],
  [`toTypeName({{ dbt.cast("now()", dbt.type_timestamp()) }})`, 'DateTime'],
  [`toTypeName({{ dbt.current_timestamp() }})`, 'DateTime'],
  [`{{ dbt.equals('1', '1') }}`, 1],
  [`{{ dbt.array_construct([1, 2]) }}`, [1, 2]],
  [`{{ dbt.array_construct() }}`, []],
  [`{{ dbt.array_append('[1]', 2) }}`, [1, 2]],
  [`{{ dbt.array_concat('[1]', '[2]') }}`, [1, 2]],
];

describe('functions under the names of every database', () => {
  test.each(VALUES)('%s', async (expression, value) => {
    expect(await ask(`select ${expression}`)).toEqual([[value]]);
  });

  const GROUPED: readonly [expression: string, value: unknown][] = [
    ["{{ dbt.any_value('7') }}", 7],
    ["{{ dbt.bool_or('x > 3') }}", 1],
    [`{{ dbt.listagg('toString(x)', "'-'", 'order by x desc') }}`, '4-3-2-1-0'],
    [`{{ dbt.listagg('toString(x)', "'-'", 'ORDER BY x', 2) }}`, '0-1'],
    [`length({{ dbt.listagg(measure='toString(x)') }})`, 9],
  ];
  test.each(GROUPED)('%s', async (expression, value) => {
    expect(await ask(`select ${expression} from (select number as x from numbers(5))`)).toEqual([[value]]);
  });

  test('set operators, series and spines', async () => {
    expect(await ask('select 1 as x {{ dbt.except() }} select 2')).toEqual([[1]]);
    expect(await ask('select 1 as x {{ dbt.intersect() }} select 1')).toEqual([[1]]);
    expect(await ask('select count(), min(generated_number) from ({{ dbt.generate_series(5) }})')).toEqual([[5, 1]]);
    expect(await ask('select {{ dbt.get_powers_of_two(9) }}')).toEqual([[4]]);
    const spine = `{{ dbt.date_spine('day', "toDate('2024-01-30')", "toDate('2024-02-02')") }}`;
    expect(await ask(`select groupArray(toString(date_day)) from (${spine})`)).toEqual([
      [['2024-01-30', '2024-01-31', '2024-02-01']],
    ]);
  });
});

const S3: readonly [template: string, text: string][] = [
  [
    "{{ clickhouse_s3source('my_s3', path='/a/b.csv') }}",
    "s3('https://bucket.example/a/b.csv', 'key', 'secret', 'CSV', 'id Int8,v String', 'gz')",
  ],
  [
    "{{ clickhouse_s3source(bucket='https://x.com/', path='p', fmt='TSV', structure=['a Int8']) }}",
    "s3('https://x.com/p', 'TSV', 'a Int8')",
  ],
  [
    "{{ clickhouse_s3source(bucket='x.com', path='p', fmt='TSV', role_arn='arn', external_id='e') }}",
    "s3('https://x.com/p', 'TSV', extra_credentials(role_arn='arn', external_id='e'))",
  ],
];
test.each(S3)('%s', async (template, text) => {
  const my_s3 = {
    bucket: 'bucket.example',
    fmt: 'CSV',
    structure: { id: 'Int8', v: 'String' },
    aws_access_key_id: 'key',
    aws_secret_access_key: 'secret',
    compression: 'gz',
  };
  const spec = { name: 'm', sql: '', config: { my_s3 } };
  const rendered = await project.render(
    (scope) => runAsync(dbtEnvironment('runtime').compile(template).render(scope)),
    spec,
  );
  expect(rendered.trim()).toBe(text);
});

test.each([
  ["{{ clickhouse_s3source('mine', bucket='b') }}", /should end with 's3'/],
  ["{{ clickhouse_s3source(bucket='b', aws_access_key_id='k') }}", /without aws_secret_access_key/],
  ["{{ clickhouse_s3source(bucket='b', external_id='k') }}", /without role_arn/],
])('%s is refused', async (template, message) => {
  await expect(ask(template)).rejects.toThrow(message);
});

describe('names', () => {
  const NAMES: readonly [call: string, name: string][] = [
    ['generate_schema_name(none)', 'main'],
    ["generate_schema_name(' extra ')", 'main_extra'],
    ["generate_alias_name(none, {'name': 'a', 'version': none})", 'a'],
    ["generate_alias_name(none, {'name': 'a', 'version': 2})", 'a_v2'],
    ["generate_alias_name(' b ', {'name': 'a'})", 'b'],
    ["generate_database_name('x')", ''],
    ["generate_schema_name_for_env('x', none)", 'main'],
  ];
  test.each(NAMES)('%s', async (call, name) => {
    const rendered = await project.render((scope) =>
      runAsync(dbtEnvironment('runtime').compile(`{{ ${call} }}`).render(scope)),
    );
    expect(rendered.trim()).toBe(name);
  });
});
