import type { SourceColumn, SyncDefinition } from '../types.ts';
import { parseClickHouseType } from './clickhouse-type.ts';
import { enrichedNames, type PlannedLookup } from './lookup.ts';
import { isPartitioned } from './partition.ts';
import { defaultPostgresType, isWider, parsePostgresType } from './postgres-type.ts';
import { caveat, refusal } from './refuse.ts';
import type { Selection } from './selection.ts';
import type { TargetShape } from './shape.ts';

/** A column that is copied. */
export interface PlannedColumn {
  readonly name: string;
  /** Type of ClickHouse, as DESCRIBE prints it. */
  readonly sourceType: string;
  /** Type of Postgres, with its modifier. */
  readonly type: string;
  /** Not in the target yet. */
  readonly added: boolean;
  /** Its type in the target, where the new table has a wider one. */
  readonly widenedFrom?: string | undefined;
  /** NUL bytes and broken UTF-8 are cut out. */
  readonly strip: boolean;
}

export interface PlannedColumns {
  readonly columns: readonly PlannedColumn[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Meets the rows' columns (`described`: their types in ClickHouse) with the target's. */
export function planColumns(
  definition: SyncDefinition,
  selection: Selection,
  lookups: readonly PlannedLookup[],
  described: readonly SourceColumn[],
  target: TargetShape | undefined,
): PlannedColumns {
  const problems: string[] = [];
  const notes: string[] = [];
  const columns: PlannedColumn[] = [];
  for (const { name, type } of described) {
    const rule = selection.columns.find((column) => column.name === name)?.rule;
    const existing = target?.columns.find((column) => column.name === name);
    const source = parseClickHouseType(type);
    const wanted = rule?.type ?? lookupType(name, lookups) ?? existing?.type ?? defaultPostgresType(source);
    if (existing?.generated) {
      problems.push(`column "${name}" of the target is computed by Postgres: exclude it`);
    } else if (wanted === undefined) {
      problems.push(
        `column "${name}": ${refusal(source, parsePostgresType('text')) ?? `${type} has no type in Postgres`}`,
      );
    } else if (
      existing &&
      isRetyped(rule?.type, existing.type) &&
      !mayWiden(definition, target!, existing.type, wanted)
    ) {
      problems.push(`column "${name}" is ${existing.type} in the target, but the definition says ${rule!.type}`);
    } else if (target && !existing && definition.drift !== 'add') {
      const message = `column "${name}" of the source is not in the target`;
      (definition.drift === 'fail' ? problems : notes).push(message);
    } else {
      const planned = parsePostgresType(rule?.type ?? existing?.type ?? wanted);
      const why = refusal(source, planned);
      if (why) problems.push(`column "${name}": ${why}`);
      const but = caveat(source, planned);
      if (but) notes.push(`column "${name}" (${type} to ${planned.text}): ${but}`);
      columns.push({
        name,
        sourceType: type,
        type: planned.text,
        added: target !== undefined && !existing,
        ...(existing && isRetyped(rule?.type, existing.type) && { widenedFrom: existing.type }),
        strip: rule?.invalid_text === 'strip' && source.name === 'String',
      });
    }
  }
  const { id } = definition;
  if (id && target?.columns.some((column) => column.name === id.column && column.identity)) {
    problems.push(`column "${id.column}" of the target numbers its rows itself (identity): leave "id" out`);
  }
  leftOver(definition, columns, target, problems, notes);
  return { columns, problems, notes };
}

function isRetyped(wanted: string | undefined, existing: string): boolean {
  return wanted !== undefined && parsePostgresType(wanted).text !== parsePostgresType(existing).text;
}

/** Only a swap makes a new table; a view over the column, or the table that this is a partition of, would be of another type. */
function mayWiden(definition: SyncDefinition, target: TargetShape, from: string, to: string): boolean {
  const isFree = target.views.length === 0 && !isPartitioned(definition);
  return definition.mode === 'swap' && definition.drift === 'add' && isFree && isWider(from, to);
}

function lookupType(name: string, lookups: readonly PlannedLookup[]): string | undefined {
  return lookups.flatMap((lookup) => lookup.values).find((value) => value.name === name)?.type;
}

/** Columns of the target that nothing fills. */
function leftOver(
  definition: SyncDefinition,
  columns: readonly PlannedColumn[],
  target: TargetShape | undefined,
  problems: string[],
  notes: string[],
): void {
  const filled = new Set([
    ...columns.map((column) => column.name),
    ...enrichedNames(definition),
    definition.id?.column,
  ]);
  for (const column of target?.columns ?? []) {
    if (filled.has(column.name) || column.generated || column.hasDefault) continue;
    const message = `column "${column.name}" of the target is not in the source`;
    if (column.notNull || definition.drift === 'fail') problems.push(message);
    else notes.push(`${message}: it will be NULL`);
  }
}
