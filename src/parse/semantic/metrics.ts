import type { MetricNode, NodeConfig } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Writable } from '../types.ts';
import type { Entry } from '../yaml/schema-file.ts';
import { mapOr, tagsOf, textOr, textOrNull } from '../yaml/values.ts';
import {
  configured,
  identity,
  invalid,
  METRIC_TYPES,
  oneOf,
  required,
  type SemanticParts,
  whereFilter,
} from './common.ts';
import { type Attached, measureParams, metricParams } from './metric-params.ts';

/** A metric as the manifest shows it, what it is made of not yet looked up. `data` is rendered. Throws TSD1101. */
export function metricOf(entry: Entry, data: DataMap, parts: SemanticParts, attached?: Attached): Writable<MetricNode> {
  const name = String(data.name);
  const what = `metric '${name}'`;
  checkName(name);
  const isOverMeasures = isDataMap(data.type_params);
  if (isOverMeasures) required(data, 'label', what);
  const type = oneOf(data.type ?? 'simple', METRIC_TYPES, `${what}: type`);
  if (!isOverMeasures && type === 'simple' && (data.agg ?? null) === null) {
    throw invalid(`${what}: Simple metrics must have an agg param.`);
  }
  const known = identity(entry, name, 'metric');
  const { config, unrendered, group } = configured('metric', known, mapOr(data.config), parts);
  const meta = mapOr(config.meta);
  return {
    ...known,
    description: textOr(data.description, ''),
    label: textOrNull(data.label) || name,
    type,
    type_params: isOverMeasures
      ? measureParams(type, mapOr(data.type_params), what)
      : metricParams(type, data, attached, what),
    filter: whereFilter(data.filter),
    metadata: null,
    time_granularity: textOrNull(data.time_granularity),
    config: config as unknown as NodeConfig,
    unrendered_config: unrendered,
    sources: [],
    depends_on: { macros: [], nodes: [] },
    refs: [],
    metrics: [],
    created_at: parts.createdAt,
    group,
    meta: isOverMeasures ? (Object.keys(meta).length > 0 ? meta : mapOr(data.meta)) : {},
    tags: isOverMeasures ? tagsOf(data.tags) : [],
  };
}

/** The metric that a measure with `create_metric` stands for. */
export function metricOfMeasure(measure: DataMap, settings: DataMap): DataMap {
  const name = measure.name ?? null;
  const expr: Data = measure.expr || name;
  return {
    name,
    label: measure.label || name,
    type: 'simple',
    type_params: { measure: name, expr },
    description: measure.description || `Metric created from measure ${String(name)}`,
    config: settings,
  };
}

function checkName(name: string): void {
  const wrong = [
    name.includes(' ') && 'cannot contain spaces',
    name.length > 250 && 'cannot contain more than 250 characters',
    !/^[A-Za-z]/.test(name) && 'must begin with a letter',
    !/^\w+/.test(name) && 'must contain only letters, numbers and underscores',
  ].filter((each) => each !== false);
  if (wrong.length > 0) throw invalid(`The metric name '${name}' is invalid.  It ${wrong.join(', ')}`);
}
