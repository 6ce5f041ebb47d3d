import { Dict, PyObject, toData, type Value } from '../../jinja/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { AgateTable } from '../agate/table.ts';
import type { RuntimeContext } from '../types.ts';
import { AdapterResponse } from './results.ts';

/** What a statement left behind, as plain data: here template values end. */
export interface StatementResult {
  readonly response: DataMap;
  /** Empty where the statement fetched nothing. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Data[])[];
}

/** What `statement(name)` kept in this context; undefined where no such statement ran. */
export function statementResult(context: RuntimeContext, name: string): StatementResult | undefined {
  return resultOf(context.results.get(name));
}

/** The same of what `load_result()` gave, which for all but `main` can be loaded once. */
export function resultOf(kept: Value): StatementResult | undefined {
  if (!(kept instanceof Dict)) return undefined;
  const table = kept.get('table');
  const [columns, rows] = table instanceof AgateTable ? [table.columnNames, table.matrix()] : [[], []];
  return {
    response: responseOf(kept.get('response')),
    columns,
    rows: [...rows].map((row: Iterable<unknown>) => [...row].map(plainCell)),
  };
}

/** Numbers, texts and lists stay what they are; a date, a time or a decimal becomes the text Python prints. */
function plainCell(cell: unknown): Data {
  return cell instanceof PyObject ? cell.pyStr() : toData(cell);
}

function responseOf(response: unknown): DataMap {
  if (response instanceof AdapterResponse) {
    return Object.fromEntries([...response.fields()].filter(([, v]) => v !== null).map(([k, v]) => [k, toData(v)]));
  }
  const data = toData(response);
  return isDataMap(data) ? data : { _message: String(data) };
}
