import { type ClickHouseType, integerOf } from './clickhouse-type.ts';
import { isMoment } from './encode/temporal.ts';
import { isDocument, type PostgresType } from './postgres-type.ts';

/**
 * Why a value of `source` must not go into a column of `target`, in words; undefined where it may.
 * Only what Postgres would take without an error, and wrongly, is refused here: it refuses the rest itself.
 */
export function refusal(source: ClickHouseType, target: PostgresType): string | undefined {
  if (source.name === 'AggregateFunction') return 'an aggregate state is no value: finish it in an expression';
  if (target.name === 'name') return 'type name cuts text off after 63 bytes: use text';
  if (isMoment(source) && !target.array && (target.name === 'date' || target.name.startsWith('time with'))) {
    return `${source.text} in a ${target.text} column loses a part of each value: say which in an expression`;
  }
  if (
    source.name.startsWith('Interval') &&
    target.name !== 'interval' &&
    !integerOf(source) &&
    target.name !== 'text'
  ) {
    return `${source.text} is printed without its unit: use interval`;
  }
  if (source.name === 'IntervalNanosecond') return 'Postgres counts microseconds: convert it in an expression';
  if (target.array && source.name !== 'Array' && source.name !== 'String') {
    return `${source.text} is no array`;
  }
  if (isDocument(source) && source.name !== 'Point' && !HOLDS_DOCUMENTS.has(target.name)) {
    return `${source.text} needs a jsonb column`;
  }
  return undefined;
}

const HOLDS_DOCUMENTS = new Set(['json', 'jsonb', 'text', 'character varying', 'point']);
