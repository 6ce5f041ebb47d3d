import type { Fields, Shape } from './check.ts';
import { closed, OPTIONAL_TEXT, TEXTS } from './nodes.ts';

const FILTER: Shape = ['text', TEXTS, 'none'];
const NAMED: Fields['fields'] = { name: 'text', filter: FILTER, alias: OPTIONAL_TEXT };
const INPUT: Fields = closed({ ...NAMED, offset_window: OPTIONAL_TEXT, offset_to_grain: OPTIONAL_TEXT }, ['name']);
const MEASURE: Fields = closed({ ...NAMED, join_to_timespine: 'flag', fill_nulls_with: ['integer', 'none'] }, ['name']);
const PROPERTY = closed({ base_property: 'text', conversion_property: 'text' }, [
  'base_property',
  'conversion_property',
]);

const CONVERSION = closed(
  {
    base_measure: [MEASURE, 'text'],
    conversion_measure: [MEASURE, 'text'],
    entity: 'text',
    calculation: 'text',
    window: OPTIONAL_TEXT,
    constant_properties: [{ list: PROPERTY }, 'none'],
  },
  ['base_measure', 'conversion_measure', 'entity'],
);
const CUMULATIVE = closed({ window: OPTIONAL_TEXT, grain_to_date: OPTIONAL_TEXT, period_agg: 'text' });

export const METRIC = closed(
  {
    name: 'text',
    type: 'text',
    label: 'text',
    description: 'text',
    filter: FILTER,
    time_granularity: OPTIONAL_TEXT,
    config: 'map',
    meta: 'map',
    tags: TEXTS,
    type_params: closed({
      measure: [MEASURE, 'text', 'none'],
      numerator: [INPUT, 'text', 'none'],
      denominator: [INPUT, 'text', 'none'],
      expr: ['text', 'flag', 'none'],
      window: OPTIONAL_TEXT,
      grain_to_date: OPTIONAL_TEXT,
      metrics: [{ list: [INPUT, 'text'] }, 'none'],
      conversion_type_params: [CONVERSION, 'none'],
      cumulative_type_params: [CUMULATIVE, 'none'],
    }),
  },
  ['name', 'type_params'],
);

const ELEMENT: Fields['fields'] = { name: 'text', description: OPTIONAL_TEXT, label: OPTIONAL_TEXT, config: 'map' };
const VALIDITY = closed({ is_start: 'flag', is_end: 'flag' });

export const SEMANTIC_MODEL = closed(
  {
    name: 'text',
    model: 'text',
    config: 'map',
    description: OPTIONAL_TEXT,
    label: OPTIONAL_TEXT,
    defaults: [closed({ agg_time_dimension: OPTIONAL_TEXT }), 'none'],
    entities: {
      list: closed({ ...ELEMENT, type: 'text', role: OPTIONAL_TEXT, expr: OPTIONAL_TEXT }, ['type', 'name']),
    },
    measures: {
      list: closed(
        {
          ...ELEMENT,
          agg: 'text',
          expr: ['text', 'flag', 'integer', 'none'],
          agg_params: [
            closed({
              percentile: ['number', 'none'],
              use_discrete_percentile: 'flag',
              use_approximate_percentile: 'flag',
            }),
            'none',
          ],
          non_additive_dimension: [
            closed({ name: 'text', window_choice: 'text', window_groupings: TEXTS }, ['name', 'window_choice']),
            'none',
          ],
          agg_time_dimension: OPTIONAL_TEXT,
          create_metric: 'flag',
        },
        ['name', 'agg'],
      ),
    },
    dimensions: {
      list: closed(
        {
          ...ELEMENT,
          type: 'text',
          is_partition: 'flag',
          type_params: [
            closed({ time_granularity: 'text', validity_params: [VALIDITY, 'none'] }, ['time_granularity']),
            'none',
          ],
          expr: OPTIONAL_TEXT,
        },
        ['type', 'name'],
      ),
    },
    primary_entity: OPTIONAL_TEXT,
  },
  ['name', 'model'],
);

export const SAVED_QUERY = closed(
  {
    name: 'text',
    query_params: closed({
      metrics: TEXTS,
      group_by: TEXTS,
      where: FILTER,
      order_by: TEXTS,
      limit: ['integer', 'none'],
    }),
    description: OPTIONAL_TEXT,
    label: OPTIONAL_TEXT,
    exports: { list: closed({ name: 'text', config: 'map' }, ['name']) },
    config: 'map',
    tags: ['text', TEXTS],
  },
  ['name', 'query_params'],
);
