import type { ColumnRule, SourceColumn, SyncDefinition } from '../types.ts';
import { quoteColumn } from './names.ts';

/** One column that leaves ClickHouse: its name in the target, and the SQL that gives it over the source. */
export interface SelectedColumn {
  readonly name: string;
  /** Column of the source it is, where it is no expression. */
  readonly source: string | undefined;
  readonly sql: string;
  readonly rule: ColumnRule | undefined;
}

export interface Selection {
  readonly columns: readonly SelectedColumn[];
  readonly problems: readonly string[];
}

/** Every column of the source under the target's name, in the source's order, then what expressions add. */
export function selectColumns(definition: SyncDefinition, source: readonly SourceColumn[]): Selection {
  const names = new Set(source.map((column) => column.name));
  const ruleOf = (name: string) =>
    definition.columns.find(
      (rule) => (rule.source ?? (rule.expression === undefined ? rule.name : undefined)) === name,
    );
  const replaced = new Set(definition.columns.filter((rule) => rule.expression !== undefined).map((rule) => rule.name));
  const excluded = new Set(definition.exclude);
  const plain: SelectedColumn[] = source
    .filter(({ name }) => !excluded.has(name) && !replaced.has(name))
    .map(({ name }) => {
      const rule = ruleOf(name);
      return { name: rule?.name ?? name, source: name, sql: quoteColumn(name), rule };
    });
  const computed: SelectedColumn[] = definition.columns
    .filter((rule) => rule.expression !== undefined)
    .map((rule) => ({ name: rule.name, source: undefined, sql: `(${rule.expression})`, rule }));
  const columns = [...plain, ...computed];
  return { columns, problems: selectionProblems(definition, names, columns) };
}

function selectionProblems(
  definition: SyncDefinition,
  names: ReadonlySet<string>,
  columns: readonly SelectedColumn[],
): string[] {
  const problems: string[] = [];
  const need = (name: string, where: string) => {
    if (!names.has(name)) problems.push(`${where} names column "${name}", which the source does not have`);
  };
  for (const rule of definition.columns) if (rule.expression === undefined) need(rule.source ?? rule.name, 'columns');
  for (const name of definition.exclude) need(name, 'exclude');
  for (const lookup of definition.enrichment) for (const name of Object.keys(lookup.match)) need(name, 'enrichment');
  for (const name of definition.id?.keep_by ?? []) need(name, 'id.keep_by');
  const seen = new Set<string>();
  const own = [definition.id?.column, ...definition.enrichment.flatMap((lookup) => Object.keys(lookup.columns))];
  for (const name of [...columns.map((column) => column.name), ...new Set(own)]) {
    if (name !== undefined && seen.has(name)) problems.push(`column "${name}" would come from two places`);
    if (name !== undefined) seen.add(name);
  }
  return problems;
}
