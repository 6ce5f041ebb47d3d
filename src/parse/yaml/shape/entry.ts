import { TsdbtError } from '../../../error/index.ts';
import type { DataMap } from '../../../util/data.ts';
import { pyRepr } from '../../python.ts';
import type { Entry, Section } from '../schema-file.ts';
import { type Fields, mismatch } from './check.ts';
import { ANALYSIS, FUNCTION, MACRO, MODEL, NODE, SINGULAR_TEST } from './nodes.ts';
import { EXPOSURE, GROUP, UNIT_TEST } from './others.ts';
import { METRIC, SAVED_QUERY, SEMANTIC_MODEL } from './semantic.ts';
import { SOURCE } from './sources.ts';

const SHAPES: Readonly<Record<Section, Fields>> = {
  models: MODEL,
  seeds: NODE,
  snapshots: NODE,
  sources: SOURCE,
  macros: MACRO,
  data_tests: SINGULAR_TEST,
  analyses: ANALYSIS,
  exposures: EXPOSURE,
  functions: FUNCTION,
  metrics: METRIC,
  groups: GROUP,
  semantic_models: SEMANTIC_MODEL,
  unit_tests: UNIT_TEST,
  saved_queries: SAVED_QUERY,
};

/** Gives the rendered entry back, or refuses a value that dbt's classes have no place for: TSD1101, at that value. */
export function checkedEntry(entry: Entry, data: DataMap): DataMap {
  // A metric of the newer kind has its parameters beside its name; who reads it checks them.
  if (entry.section === 'metrics' && !('type_params' in data)) return data;
  const found = mismatch(SHAPES[entry.section], data);
  if (found === undefined) return data;
  const { section, file, path } = entry;
  const place = found.path.length === 0 ? '' : `at path ${found.path.map((key) => `[${pyRepr(key)}]`).join('')}: `;
  throw new TsdbtError({
    code: 'TSD1101',
    message: `Invalid ${section} config given in ${file.entry.file} @ ${section}: ${String(data.name)} - ${place}${found.reason}`,
    at: file.at([...path, ...found.path]),
    hint: found.hint,
  });
}
