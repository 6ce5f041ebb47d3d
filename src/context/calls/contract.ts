import { iterate, type Value } from '../../jinja/index.ts';
import { AgateTable } from '../agate/table.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

const INTRO =
  'This model has an enforced contract that failed.\n' +
  "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.\n\n";

/** dbt's text of a contract that does not hold: a table of each column that differs. */
export function contractText(yamlColumns: Value, sqlColumns: Value): string {
  const yaml = columnsOf(yamlColumns);
  if (yaml.length === 0) return "This model has an enforced contract, and its 'columns' specification is missing";
  const table = AgateTable.of({
    columns: ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'].map((name) => ({
      name,
      type: 'text',
    })),
    rows: mismatches(yaml, columnsOf(sqlColumns)),
  });
  return INTRO + table.printed({ maxRows: null, maxColumnWidth: 50 });
}

function mismatches(yaml: readonly Column[], sql: readonly Column[]): string[][] {
  const rows: string[][] = [];
  for (const column of sql) {
    const promised = yaml.find(({ name }) => name === column.name);
    if (!promised) rows.push([column.name, column.type, '', 'missing in contract']);
    else if (promised.type !== column.type) rows.push([column.name, column.type, promised.type, 'data type mismatch']);
  }
  for (const column of yaml)
    if (!sql.some(({ name }) => name === column.name))
      rows.push([column.name, '', column.type, 'missing in definition']);
  return rows.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
}

function columnsOf(columns: Value): Column[] {
  if (columns === null || columns === undefined) return [];
  return [...iterate(columns)].map((column) => ({
    name: String(column.get('name')),
    type: String(column.get('data_type')),
  }));
}
