import type { NodeConfig, SemanticModelNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Writable } from '../types.ts';
import type { Entry } from '../yaml/schema-file.ts';
import { mapOr, maps, textOrNull } from '../yaml/values.ts';
import {
  AGGREGATIONS,
  configured,
  DIMENSION_TYPES,
  ENTITY_TYPES,
  GRAINS,
  identity,
  invalid,
  metaOf,
  oneOf,
  required,
  type SemanticParts,
  textOrNone,
} from './common.ts';

/** The parts of a semantic model, wherever they were written. */
export interface SemanticBody {
  readonly name: string;
  readonly config: DataMap;
  readonly description: string | null;
  readonly label: string | null;
  readonly model: string;
  readonly defaults: DataMap | null;
  readonly primaryEntity: string | null;
  readonly entities: readonly DataMap[];
  readonly dimensions: readonly DataMap[];
  readonly measures: readonly DataMap[];
}

/** An entry of `semantic_models`; `data` is rendered. Throws TSD1101. */
export function semanticBody(data: DataMap): SemanticBody {
  const name = String(data.name);
  const what = `semantic model '${name}'`;
  return {
    name,
    config: mapOr(data.config),
    description: textOrNull(data.description),
    label: textOrNull(data.label),
    model: required(data, 'model', what),
    defaults: isDataMap(data.defaults) ? { agg_time_dimension: textOrNull(data.defaults.agg_time_dimension) } : null,
    primaryEntity: textOrNull(data.primary_entity),
    entities: maps(data.entities).map((each) => entityOf(each, what)),
    dimensions: maps(data.dimensions).map((each) => dimensionOf(each, what)),
    measures: maps(data.measures).map((each) => measureOf(each, what)),
  };
}

/** A semantic model as the manifest shows it; its model is looked up later. Throws TSD1101. */
export function semanticModelOf(entry: Entry, body: SemanticBody, parts: SemanticParts): Writable<SemanticModelNode> {
  const known = identity(entry, body.name, 'semantic_model');
  const { config, unrendered, group } = configured('semantic_model', known, body.config, parts);
  const meta = metaOf(config);
  const withMeta = (element: DataMap): DataMap => ({
    ...element,
    config: { meta: { ...meta, ...metaOf(element.config) } },
  });
  const reference = parts.templates.reference(body.model);
  if (reference.kind !== 'ref')
    throw invalid(`semantic model '${body.name}': model must be a ref(), not ${body.model}`);
  return {
    ...known,
    model: body.model,
    node_relation: null,
    description: body.description,
    label: body.label,
    defaults: body.defaults,
    entities: body.entities.map(withMeta),
    measures: body.measures.map(withMeta),
    dimensions: body.dimensions.map(withMeta),
    metadata: null,
    depends_on: { macros: [], nodes: [] },
    refs: [reference.ref],
    created_at: parts.createdAt,
    config: config as unknown as NodeConfig,
    unrendered_config: unrendered,
    primary_entity: body.primaryEntity,
    group,
  };
}

export function entityOf(data: DataMap, what: string): DataMap {
  return {
    name: required(data, 'name', `${what}: an entity`),
    type: oneOf(data.type, ENTITY_TYPES, `${what}: the type of an entity`),
    description: textOrNull(data.description),
    label: textOrNull(data.label),
    role: textOrNull(data.role),
    expr: textOrNone(data.expr),
    config: { meta: metaOf(data.config) },
  };
}

export function dimensionOf(data: DataMap, what: string): DataMap {
  return {
    name: required(data, 'name', `${what}: a dimension`),
    type: oneOf(data.type, DIMENSION_TYPES, `${what}: the type of a dimension`),
    description: textOrNull(data.description),
    label: textOrNull(data.label),
    is_partition: data.is_partition === true,
    type_params: typeParams(data.type_params, what),
    expr: textOrNone(data.expr),
    metadata: null,
    config: { meta: metaOf(data.config) },
    datatype: null,
  };
}

function typeParams(value: Data | undefined, what: string): Data {
  if (!isDataMap(value)) return null;
  return {
    time_granularity: oneOf(value.time_granularity, GRAINS, `${what}: time_granularity`),
    validity_params: validityOf(value.validity_params),
  };
}

export function validityOf(value: Data | undefined): Data {
  return isDataMap(value) ? { is_start: value.is_start === true, is_end: value.is_end === true } : null;
}

function measureOf(data: DataMap, what: string): DataMap {
  const { agg_params: params, non_additive_dimension: dimension } = data;
  return {
    name: required(data, 'name', `${what}: a measure`),
    agg: oneOf(data.agg, AGGREGATIONS, `${what}: the agg of a measure`),
    description: textOrNull(data.description),
    label: textOrNull(data.label),
    create_metric: false,
    expr: textOrNone(data.expr),
    agg_params: isDataMap(params)
      ? {
          percentile: params.percentile ?? null,
          use_discrete_percentile: params.use_discrete_percentile === true,
          use_approximate_percentile: params.use_approximate_percentile === true,
        }
      : null,
    non_additive_dimension: isDataMap(dimension)
      ? {
          name: required(dimension, 'name', what),
          window_choice: oneOf(dimension.window_choice, AGGREGATIONS, `${what}: window_choice`),
          window_groupings: dimension.window_groupings ?? [],
        }
      : null,
    agg_time_dimension: textOrNull(data.agg_time_dimension),
    config: { meta: metaOf(data.config) },
  };
}
