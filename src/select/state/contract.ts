import { type Fields, haveSame, isSame, mapAt } from './data.ts';

export interface ContractChange {
  readonly isSame: boolean;
  /** What readers of the model can no longer rely on, in dbt's words. */
  readonly breaking: readonly string[];
}

const SAME: ContractChange = { isSame: true, breaking: [] };

/** What became of a model's contract. `enforced` are the constraints that the database enforces. */
export function contractChange(now: Fields, before: Fields, enforced: ReadonlySet<string>): ContractChange {
  if (now['resource_type'] !== 'model') return SAME;
  const [is, was] = [isEnforced(now), isEnforced(before)];
  if (!was) return is ? { isSame: false, breaking: [] } : SAME;
  if (is && isSame(mapAt(now, 'contract')['checksum'], mapAt(before, 'contract')['checksum'])) return SAME;
  const breaking = [
    is ? [] : [DISABLED],
    removedColumns(now, before),
    changedTypes(now, before),
    lostColumnConstraints(now, before, enforced),
    lostModelConstraints(now, before, enforced),
    lostMaterialization(now, before),
  ].flat();
  return { isSame: false, breaking };
}

const DISABLED =
  'Contract enforcement was removed: Previously, this model had an enforced contract. It is no longer configured to enforce its contract, and this is a breaking change.';

/** A contracted model that is gone: null where nobody may complain. */
export function removedContract(before: Fields, isDisabled: boolean, now: Date | undefined): string | null {
  if (before['resource_type'] !== 'model' || !isEnforced(before)) return null;
  const deprecated = before['deprecation_date'];
  if (deprecated != null && now !== undefined && Date.parse(String(deprecated)) < now.getTime()) return null;
  return `Contracted model '${before['unique_id']}' was ${isDisabled ? 'disabled' : 'deleted or renamed'}.`;
}

function isEnforced(node: Fields): boolean {
  return mapAt(node, 'contract')['enforced'] === true;
}

function removedColumns(now: Fields, before: Fields): string[] {
  const gone = columnNames(before).filter((name) => !(name in mapAt(now, 'columns')));
  return list('Columns were removed', gone);
}

function changedTypes(now: Fields, before: Fields): string[] {
  const changed = columnNames(before).flatMap((name) => {
    if (!(name in mapAt(now, 'columns'))) return [];
    const [is, was] = [columnAt(now, name)['data_type'], columnAt(before, name)['data_type']];
    return baseType(is) === baseType(was) ? [] : [`${name} (${was} -> ${is})`];
  });
  return list('Columns with data_type changes', changed);
}

/** A type without size, precision and scale. */
function baseType(type: unknown): string | null {
  return type == null ? null : (String(type).split('(')[0] as string).trim().toLowerCase();
}

function lostColumnConstraints(now: Fields, before: Fields, enforced: ReadonlySet<string>): string[] {
  if (!enforcesConstraints(before)) return [];
  const lost = columnNames(before).flatMap((name) => {
    if (!(name in mapAt(now, 'columns'))) return [];
    const missing = lostFrom(columnAt(before, name), columnAt(now, name), enforced);
    return missing.map((constraint) => `'${labelOf(constraint)}' constraint on column ${name}`);
  });
  return list('Enforced column level constraints were removed', lost);
}

function lostModelConstraints(now: Fields, before: Fields, enforced: ReadonlySet<string>): string[] {
  if (!enforcesConstraints(before)) return [];
  const lost = lostFrom(before, now, enforced).map(
    (constraint) => `'${labelOf(constraint)}' constraint on columns ${JSON.stringify(constraint['columns'] ?? [])}`,
  );
  return list('Enforced model level constraints were removed', lost);
}

function lostMaterialization(now: Fields, before: Fields): string[] {
  const hasAny =
    constraintsOf(before).length > 0 ||
    columnNames(before).some((name) => constraintsOf(columnAt(before, name)).length > 0);
  if (!enforcesConstraints(before) || enforcesConstraints(now) || !hasAny) return [];
  return list('Materialization changed with enforced constraints', [`${materialized(before)} -> ${materialized(now)}`]);
}

function lostFrom(before: Fields, now: Fields, enforced: ReadonlySet<string>): readonly Fields[] {
  return constraintsOf(before).filter(
    (old) => enforced.has(String(old['type'])) && !constraintsOf(now).some((one) => haveSame(one, old, ...CONSTRAINT)),
  );
}

const CONSTRAINT = ['type', 'name', 'expression', 'columns', 'to', 'to_columns', 'warn_unenforced', 'warn_unsupported'];

function constraintsOf(fields: Fields): readonly Fields[] {
  return (fields['constraints'] as readonly Fields[] | undefined) ?? [];
}

function labelOf(constraint: Fields): unknown {
  return constraint['name'] ?? constraint['type'];
}

function enforcesConstraints(node: Fields): boolean {
  return ['table', 'incremental'].includes(materialized(node));
}

function materialized(node: Fields): string {
  return String(mapAt(node, 'config')['materialized']);
}

function columnNames(node: Fields): string[] {
  return Object.keys(mapAt(node, 'columns')).sort();
}

function columnAt(node: Fields, name: string): Fields {
  return mapAt(mapAt(node, 'columns'), name);
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}: \n    - ${items.join('\n    - ')}`];
}
