import type { ClickHouseType } from './clickhouse-type.ts';
import { decimalOf, integerOf, parseClickHouseType } from './clickhouse-type.ts';
import type { PlannedColumn } from './columns.ts';
import { cutMoment, isDay, isMoment } from './encode/temporal.ts';
import { plainText } from './encode/text.ts';
import { EXPORT_SETTINGS, sizeSettings } from './export.ts';
import { quoteColumn, quoteName, type TableName } from './names.ts';
import { type PostgresType, parsePostgresType } from './postgres-type.ts';
import type { Selection } from './selection.ts';

/** One figure of one column, which both sides count for themselves. */
export interface ColumnCheck {
  readonly column: string;
  readonly what: string;
  readonly clickhouse: string;
  readonly postgres: string;
  /** Whole numbers wrap in ClickHouse at so many bits; floats are compared as numbers. */
  readonly as: 'text' | 'float' | 'single' | 64 | 128 | 256;
}

export interface ChecksPlan {
  readonly checks: readonly ColumnCheck[];
  /** Each gives one row with a figure, as text, for each check. */
  readonly clickhouse: string;
  readonly postgres: string;
  /** ClickHouse must print for them as it does for the rows. */
  readonly settings: Readonly<Record<string, string | number>>;
}

/** Figures of what comes from the source itself; what look-ups and sequences give is not there to be counted. Undefined where nothing is. */
export function planChecks(
  source: string,
  selection: Selection,
  columns: readonly PlannedColumn[],
  temporary: TableName,
): ChecksPlan | undefined {
  const checks = columns.flatMap((column) =>
    selection.columns.some(({ name }) => name === column.name) ? checksOf(column) : [],
  );
  if (checks.length === 0) return undefined;
  const needed = new Set(checks.map(({ column }) => column));
  const selected = selection.columns
    .filter(({ name }) => needed.has(name))
    .map(({ name, sql }) => `${sql} AS ${inner(name)}`);
  const figures = checks.map(({ clickhouse }) => `toString(${clickhouse})`);
  const clickhouse = `SELECT ${figures.join(', ')} FROM (SELECT ${selected.join(', ')} FROM ${source})`;
  return {
    checks,
    clickhouse,
    settings: { ...EXPORT_SETTINGS, ...sizeSettings(clickhouse) },
    postgres: `select ${checks.map(({ postgres }) => `(${postgres})::text`).join(', ')} from ${quoteName(temporary)}`,
  };
}

/** Not the column's own name, which an expression may use for another column. */
function inner(name: string): string {
  return quoteColumn(`tsdbt_${name}`);
}

function checksOf({ name, sourceType, type, strip }: PlannedColumn): ColumnCheck[] {
  const source = parseClickHouseType(sourceType);
  const x = strip ? `toValidUTF8(replaceAll(${inner(name)}, '\\0', ''))` : inner(name);
  const value = source.nullable ? `assumeNotNull(${x})` : x;
  const figures = figuresOf(source, parsePostgresType(type), value, quoteName(name)).map((figure) => ({
    ...figure,
    column: name,
    clickhouse: source.nullable ? onlyPresent(figure.clickhouse, x) : figure.clickhouse,
  }));
  if (!source.nullable) return figures;
  return [
    {
      column: name,
      what: 'values',
      clickhouse: `countIf(isNotNull(${x}))`,
      postgres: `count(${quoteName(name)})`,
      as: 64,
    },
    ...figures,
  ];
}

/** `sum(…)` -> `sumIf(…, isNotNull(x))`, `countIf(…)` -> `countIf((…) AND isNotNull(x))`. */
function onlyPresent(sql: string, x: string): string {
  const [, aggregate, argument] = /^(\w+)\((.*)\)$/s.exec(sql)!;
  if (aggregate === 'countIf') return `countIf((${argument}) AND isNotNull(${x}))`;
  const conditional = aggregate!.endsWith('If');
  return conditional ? `${aggregate}(${argument} AND isNotNull(${x}))` : `${aggregate}If(${argument}, isNotNull(${x}))`;
}

type Figure = Omit<ColumnCheck, 'column'>;

function figuresOf(source: ClickHouseType, target: PostgresType, x: string, column: string): Figure[] {
  if (source.name === 'Nothing') return [];
  const what = { sum: 'sum', length: 'length in bytes', true: 'true values' };
  if (target.array) {
    if (source.name !== 'Array') return [];
    return [
      {
        what: 'elements',
        clickhouse: `sum(length(${x}))`,
        postgres: `coalesce(sum(array_length(${column}, 1)), 0)`,
        as: 64,
      },
    ];
  }
  const { name } = target;
  if (name === 'text' || name === 'character varying' || name === 'bytea') {
    const text = name === 'bytea' ? x : plainText(source, x);
    return [
      {
        what: what.length,
        clickhouse: `sum(length(${text}))`,
        postgres: `coalesce(sum(octet_length(${column})), 0)`,
        as: 64,
      },
    ];
  }
  if (name === 'boolean') {
    return [
      { what: what.true, clickhouse: `countIf(${x} = 1)`, postgres: `count(*) filter (where ${column})`, as: 64 },
    ];
  }
  const whole = integerOf(source);
  if (whole && isWhole(target)) {
    const as = whole.bits <= 64 ? 64 : whole.bits === 128 ? 128 : 256;
    return [{ what: what.sum, clickhouse: `sum(${x})`, postgres: `coalesce(sum(${column}), 0)`, as }];
  }
  const decimal = decimalOf(source);
  if (decimal && name === 'numeric' && decimal.precision <= 56) {
    const wide = decimal.precision > 18 ? `toDecimal256(${x}, ${decimal.scale})` : x;
    return [
      { what: what.sum, clickhouse: `sum(${wide})`, postgres: `trim_scale(coalesce(sum(${column}), 0))`, as: 'text' },
    ];
  }
  return [...floats(source, name, x, column), ...times(source, target, x, column)];
}

function isWhole({ name, text }: PostgresType): boolean {
  return ['smallint', 'integer', 'bigint'].includes(name) || (name === 'numeric' && !/,[1-9]/.test(text));
}

/** The sum of floats depends on their order, so their ends are compared; NaN is apart, because the two order it differently. */
function floats(source: ClickHouseType, target: string, x: string, column: string): Figure[] {
  if (!source.name.startsWith('Float') || (target !== 'real' && target !== 'double precision')) return [];
  const as = target === 'real' || source.name === 'Float32' ? 'single' : 'float';
  const ends = (['min', 'max'] as const).map((end) => ({
    what: end,
    clickhouse: `${end}If(${x}, NOT isNaN(${x}))`,
    postgres: `coalesce(${end}(${column}) filter (where ${column} <> 'NaN'), 0)`,
    as,
  }));
  return [
    ...ends,
    { what: 'nan', clickhouse: `countIf(isNaN(${x}))`, postgres: `count(*) filter (where ${column} = 'NaN')`, as: 64 },
  ] as Figure[];
}

function times(source: ClickHouseType, target: PostgresType, x: string, column: string): Figure[] {
  const { name, text } = target;
  if (name === 'date' && isDay(source)) {
    return [
      {
        what: 'sum',
        clickhouse: `sum(toInt64(toInt32(${x})) - 10957)`,
        postgres: `coalesce(sum(${column} - date '2000-01-01'), 0)`,
        as: 64,
      },
    ];
  }
  if (!name.startsWith('timestamp') || text.includes('(') || !isMoment(source)) return [];
  const micros = `toUnixTimestamp64Micro(toDateTime64(${cutMoment(source, target, x)}, 6, 'UTC'))`;
  return (['min', 'max'] as const).map((end) => ({
    what: end,
    clickhouse: `${end}(${micros})`,
    postgres: `coalesce((extract(epoch from ${end}(${column})) * 1000000)::numeric(30, 0), 0)`,
    as: 64,
  }));
}
