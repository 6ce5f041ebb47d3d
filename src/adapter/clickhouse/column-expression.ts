import { TsdbtError } from '../../error/index.ts';
import type { Value } from '../../jinja/index.ts';
import { field, present, text } from './facade/template-value.ts';

/** How ClickHouse fills a column that a query need not give. */
export interface ColumnExpression {
  /** DEFAULT may be given by the query too; MATERIALIZED and ALIAS cannot. */
  readonly kind: 'DEFAULT' | 'MATERIALIZED' | 'ALIAS';
  readonly expression: string;
}

const KINDS = ['DEFAULT', 'MATERIALIZED', 'ALIAS'] as const;

/** What a column's YAML says under `default`, `materialized` or `alias`. Throws TSD2003 for more than one of them. */
export function expressionOf(column: Value): ColumnExpression | undefined {
  const said = KINDS.filter((kind) => present(field(column, kind.toLowerCase())));
  const [kind] = said;
  if (kind === undefined) return undefined;
  if (said.length === 1) return { kind, expression: literal(field(column, kind.toLowerCase())) };
  const keys = said.map((one) => `\`${one.toLowerCase()}\``).join(' and ');
  throw new TsdbtError({
    code: 'TSD2003',
    message: `Column '${text(field(column, 'name'))}' has ${keys}`,
    hint: 'A column is filled in one way: keep one of them.',
  });
}

/** Whether the query may leave the column out. */
export function isComputed(column: Value): boolean {
  return expressionOf(column) !== undefined;
}

/** YAML's numbers and booleans are expressions as they stand. */
function literal(value: Value): string {
  return typeof value === 'boolean' ? String(value) : text(value);
}

/** Whether two texts are the same expression but for blanks, quotes of names, and the server's way of writing. */
export function isSameExpression(one: string, other: string): boolean {
  const bare = (sql: string): string => sql.replace(/[\s`()]/g, '').toLowerCase();
  return bare(one) === bare(other);
}
