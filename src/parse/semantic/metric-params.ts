import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { mapOr, textOrNull } from '../yaml/values.ts';
import { AGGREGATIONS, GRAINS, invalid, oneOf, required, textOrNone } from './common.ts';
import {
  calculation,
  constantProperties,
  inputMeasure,
  inputMetric,
  inputMetrics,
  periodAggregation,
  timeWindow,
} from './metric-inputs.ts';

/** The semantic model a metric in a model's YAML belongs to. */
export interface Attached {
  readonly semanticModel: string;
  readonly timeDimension: string | null;
}

/** The fields of `type_params` in the manifest's order, empty. */
const EMPTY: DataMap = {
  measure: null,
  input_measures: [],
  numerator: null,
  denominator: null,
  expr: null,
  window: null,
  grain_to_date: null,
  metrics: [],
  conversion_type_params: null,
  cumulative_type_params: null,
  metric_aggregation_params: null,
  fill_nulls_with: null,
  join_to_timespine: false,
  is_private: null,
};

/** Of a metric over measures: `type_params` as written. Throws TSD1101. */
export function measureParams(type: string, params: DataMap, what: string): DataMap {
  return {
    ...EMPTY,
    measure: inputMeasure(params.measure, what),
    numerator: inputMetric(params.numerator, what),
    denominator: inputMetric(params.denominator, what),
    expr: textOrNone(params.expr),
    window: timeWindow(params.window),
    grain_to_date:
      (params.grain_to_date ?? null) === null ? null : oneOf(params.grain_to_date, GRAINS, `${what}: grain_to_date`),
    metrics: inputMetrics(params.metrics, what),
    conversion_type_params: measureConversion(params.conversion_type_params, what),
    cumulative_type_params: type === 'cumulative' ? measureCumulative(params, what) : null,
  };
}

function measureConversion(value: Data | undefined, what: string): Data {
  if (!isDataMap(value)) return null;
  for (const key of ['base_measure', 'conversion_measure']) {
    if ((value[key] ?? null) === null) {
      throw invalid(`${what}: ${key} is required for conversion metrics that use type_params.`);
    }
  }
  return {
    entity: required(value, 'entity', what),
    base_measure: inputMeasure(value.base_measure, what),
    conversion_measure: inputMeasure(value.conversion_measure, what),
    base_metric: null,
    conversion_metric: null,
    calculation: calculation(value.calculation, what),
    window: timeWindow(value.window),
    constant_properties: constantProperties(value.constant_properties),
  };
}

function measureCumulative(params: DataMap, what: string): DataMap {
  const own = mapOr(params.cumulative_type_params);
  return {
    window: timeWindow(own.window || params.window),
    grain_to_date: textOrNull(own.grain_to_date) || textOrNull(params.grain_to_date),
    period_agg: periodAggregation(own.period_agg, what),
    metric: null,
  };
}

/** Of a metric that aggregates itself or is made of other metrics: all stands at its top. Throws TSD1101. */
export function metricParams(type: string, data: DataMap, attached: Attached | undefined, what: string): DataMap {
  return {
    ...EMPTY,
    numerator: inputMetric(data.numerator, what),
    denominator: inputMetric(data.denominator, what),
    expr: textOrNone(data.expr),
    metrics: inputMetrics(data.input_metrics, what),
    conversion_type_params: type === 'conversion' ? metricConversion(data, what) : null,
    cumulative_type_params: type === 'cumulative' ? metricCumulative(data, what) : null,
    metric_aggregation_params: (data.agg ?? null) === null ? null : aggregation(data, attached, what),
    join_to_timespine: data.join_to_timespine === true,
    is_private: data.hidden === true,
  };
}

function metricConversion(data: DataMap, what: string): DataMap {
  for (const key of ['base_metric', 'conversion_metric', 'entity']) {
    if ((data[key] ?? null) === null) throw invalid(`${what}: ${key} is required for conversion metrics.`);
  }
  return {
    entity: required(data, 'entity', what),
    base_measure: null,
    conversion_measure: null,
    base_metric: inputMetric(data.base_metric, what),
    conversion_metric: inputMetric(data.conversion_metric, what),
    calculation: calculation(data.calculation, what),
    window: timeWindow(data.window),
    constant_properties: constantProperties(data.constant_properties),
  };
}

function metricCumulative(data: DataMap, what: string): DataMap {
  const metric = inputMetric(data.input_metric, what);
  if (metric === null) throw invalid(`${what}: input_metric is required for cumulative metrics.`);
  return {
    window: timeWindow(data.window),
    grain_to_date: textOrNull(data.grain_to_date),
    period_agg: periodAggregation(data.period_agg, what),
    metric,
  };
}

function aggregation(data: DataMap, attached: Attached | undefined, what: string): DataMap {
  if (attached === undefined) throw invalid(`${what}: simple metrics in v2 YAML must be attached to semantic_model`);
  const kind = String(data.percentile_type ?? '').toLowerCase();
  const dimension = data.non_additive_dimension;
  return {
    semantic_model: attached.semanticModel,
    agg: oneOf(data.agg, AGGREGATIONS, `${what}: agg`),
    agg_params: {
      percentile: data.percentile ?? null,
      use_discrete_percentile: kind === 'discrete',
      use_approximate_percentile: kind === 'continuous',
    },
    agg_time_dimension: textOrNull(data.agg_time_dimension) || attached.timeDimension,
    non_additive_dimension: isDataMap(dimension)
      ? {
          name: required(dimension, 'name', what),
          window_choice: oneOf(dimension.window_agg, AGGREGATIONS, `${what}: window_agg`),
          window_groupings: dimension.group_by ?? [],
        }
      : null,
  };
}
