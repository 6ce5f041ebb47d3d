import { TsdbtError } from '../../error/index.ts';
import type { ColumnExpression } from './column-expression.ts';
import { quoteIdentifier } from './quote.ts';

/** What a contract says of one column, as far as it goes into CREATE TABLE. */
export interface ContractColumn {
  readonly name: string;
  readonly dataType: string;
  readonly codec?: string | undefined;
  readonly ttl?: string | undefined;
  readonly computed?: ColumnExpression | undefined;
}

/** `` `name` Type DEFAULT e CODEC(x) TTL y `` */
export function columnDefinition({ name, dataType, codec, ttl, computed }: ContractColumn): string {
  const filled = computed === undefined ? '' : `${computed.kind} ${computed.expression}`;
  const parts = [quoteIdentifier(name), dataType, filled, codec ? `CODEC(${codec})` : '', ttl ? `TTL ${ttl}` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

export interface ModelConstraint {
  readonly type: string;
  readonly name: string | null;
  readonly expression: string | null;
}

/** A CHECK constraint's clause; undefined for the kinds ClickHouse does not enforce. Throws TSD2003 for one without a name. */
export function constraintClause({ type, name, expression }: ModelConstraint): string | undefined {
  if (type !== 'check' || !expression) return undefined;
  if (!name)
    throw new TsdbtError({
      code: 'TSD2003',
      message: "CHECK Constraint 'name' is required",
      hint: `Give the constraint \`${expression}\` a name in the model's YAML.`,
    });
  return `CONSTRAINT ${name} CHECK (${expression})`;
}
