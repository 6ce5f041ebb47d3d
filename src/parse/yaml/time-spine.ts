import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Properties } from './properties.ts';
import { maps } from './values.ts';

/** What makes a model a time spine; its columns must be among the model's. Throws TSD1101. */
export function timeSpine(value: Data, { name: model, data }: Pick<Properties, 'name' | 'data'>): Data {
  if (!isDataMap(value)) return null;
  const columns = new Map(maps(data.columns).map((column) => [String(column.name), column]));
  checkStandard(String(value.standard_granularity_column), model, columns);
  const custom = maps(value.custom_granularities).map(({ name = null, column_name = null }) => ({ name, column_name }));
  const missing = custom
    .map(({ name, column_name }) => String(column_name ?? name))
    .filter((column) => !columns.has(column));
  if (missing.length > 0) {
    throw invalid(
      `Time spine custom granularity columns do not exist in the model. Columns not found: ${quoted(missing)}; Available columns: ${quoted(columns.keys())}`,
    );
  }
  return { standard_granularity_column: value.standard_granularity_column ?? null, custom_granularities: custom };
}

function checkStandard(name: string, model: string, columns: ReadonlyMap<string, DataMap>): void {
  const column = columns.get(name);
  if (column === undefined) {
    throw invalid(
      `Time spine standard granularity column must be defined on the model. Got invalid column name '${name}' for model '${model}'. Valid names: ${quoted(columns.keys())}.`,
    );
  }
  if (column.granularity) return;
  throw invalid(
    `Time spine standard granularity column must have a granularity defined. Please add one for column '${name}' in model '${model}'.`,
  );
}

const quoted = (names: Iterable<string>): string => `[${[...names].map((name) => `'${name}'`).join(', ')}]`;

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
