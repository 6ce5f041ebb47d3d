import { TsdbtError } from '../../error/index.ts';
import type { Constraint, ModelNode } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import { sha256 } from '../digest.ts';
import { pyDataclass, pyRepr } from '../python.ts';
import type { Writable } from '../types.ts';
import { isConstraintType, modelConstraint } from '../yaml/columns.ts';

/** Takes the model's constraints over, after dbt's checks, and hashes an enforced contract. Throws TSD1101. */
export function applyConstraints(node: Writable<ModelNode>, constraints: readonly DataMap[]): void {
  if (node.contract.enforced) {
    if (Object.keys(node.columns).length === 0) {
      throw invalid(
        `Contract enforcement failed for: (${node.original_file_path})\nConstraints must be defined in a \`yml\` schema configuration file like \`schema.yml\`.`,
      );
    }
    if (!constraints.every((each) => isConstraintType(each.type))) {
      throw invalid(`Invalid constraint type on model ${node.name}`);
    }
  }
  node.constraints = constraints.map((each) => modelConstraint(each, `model ${node.name}`));
  checkPrimaryKey(node);
  if (node.contract.enforced) node.contract = { ...node.contract, checksum: contractChecksum(node) };
}

function checkPrimaryKey(node: Writable<ModelNode>): void {
  const columns = Object.values(node.columns).filter((column) => hasPrimaryKey(column.constraints));
  const problem =
    columns.length > 1
      ? `Found ${columns.length} columns (${pyRepr(columns.map((column) => column.name))}) with primary key constraints defined. Primary keys for multiple columns must be defined as a model level constraint.`
      : columns.length > 0 && hasPrimaryKey(node.constraints)
        ? 'Primary key constraints defined at the model level and the columns level. Primary keys can be defined at the model level or the column level, not both.'
        : undefined;
  if (problem !== undefined) throw invalid(`Primary key constraint error: (${node.original_file_path})\n${problem}`);
}

function hasPrimaryKey(constraints: readonly Constraint[]): boolean {
  return constraints.some((constraint) => constraint.type === 'primary_key');
}

const ENFORCING = new Set(['table', 'incremental']);

/** A hash over names, types and constraints; the text is the one Python prints. */
function contractChecksum(node: Writable<ModelNode>): string {
  const columns = Object.values(node.columns).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let state = '';
  for (const column of columns) {
    state += `|${column.name}${column.data_type ?? 'None'}${constraintList('ColumnLevelConstraint', column.constraints)}`;
  }
  const materialized = node.config.materialized ?? 'view';
  if (ENFORCING.has(materialized)) state += materialized + constraintList('ModelLevelConstraint', node.constraints);
  return sha256(state);
}

function constraintList(className: string, constraints: readonly Constraint[]): string {
  const texts = constraints.map((each) =>
    pyDataclass(className, {
      type: `<ConstraintType.${each.type}: '${each.type}'>`,
      name: pyRepr(each.name ?? null),
      expression: pyRepr(each.expression ?? null),
      warn_unenforced: pyRepr(each.warn_unenforced ?? true),
      warn_unsupported: pyRepr(each.warn_unsupported ?? true),
      to: pyRepr(each.to ?? null),
      to_columns: pyRepr(each.to_columns ?? []),
      ...(className === 'ModelLevelConstraint' && { columns: pyRepr(each.columns ?? []) }),
    }),
  );
  return `[${texts.join(', ')}]`;
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
