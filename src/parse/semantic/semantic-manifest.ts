import type { Manifest, MetricNode, ModelNode, SavedQueryNode, SemanticModelNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { mapOr } from '../yaml/values.ts';
import { metaOf } from './common.ts';

/** The model that is a time spine without saying so. */
const OLD_TIME_SPINE = 'metricflow_time_spine';

/** semantic_manifest.json: what MetricFlow reads. */
export function semanticManifest(manifest: Manifest): DataMap {
  const models = Object.values(manifest.nodes).filter((node): node is ModelNode => node.resource_type === 'model');
  const semanticModels = Object.values(manifest.semantic_models);
  const old = semanticModels.length > 0 ? models.find(({ name }) => name === OLD_TIME_SPINE) : undefined;
  return {
    semantic_models: semanticModels.map(semanticModel),
    metrics: Object.values(manifest.metrics).map(metric),
    project_configuration: {
      time_spine_table_configurations:
        old === undefined || isDataMap(old.time_spine)
          ? []
          : [{ location: old.relation_name, column_name: 'date_day', grain: 'day' }],
      metadata: null,
      dsi_package_version: { major_version: '0', minor_version: '213', patch_version: '0' },
      time_spines: models.flatMap(timeSpine),
    },
    saved_queries: Object.values(manifest.saved_queries).map(savedQuery),
  };
}

/** Whether the project has a time spine of days or less, without which dbt takes no semantic model. */
export function hasTimeSpine(models: Iterable<ModelNode>): boolean {
  for (const model of models) {
    if (model.name === OLD_TIME_SPINE) return true;
    const [spine] = timeSpine(model);
    const grain = mapOr(spine?.primary_column).time_granularity;
    if (typeof grain === 'string' && FINE.includes(grain)) return true;
  }
  return false;
}

const FINE = ['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour', 'day'];

function timeSpine(model: ModelNode): readonly DataMap[] {
  const { time_spine: spine, alias, schema, database, relation_name } = model;
  if (!isDataMap(spine)) return [];
  const name = String(spine.standard_granularity_column);
  return [
    {
      node_relation: { alias, schema_name: schema, database, relation_name },
      primary_column: { name, time_granularity: model.columns[name]?.granularity ?? null },
      custom_granularities: spine.custom_granularities ?? [],
    },
  ];
}

const withMetadata = (element: DataMap): DataMap => ({ ...element, metadata: null });

function semanticModel(model: SemanticModelNode): DataMap {
  const { name, defaults, description, node_relation, primary_entity, entities, measures, dimensions, label } = model;
  return {
    name,
    defaults,
    description,
    node_relation,
    primary_entity,
    entities: entities.map(withMetadata),
    measures: measures.map(withMetadata),
    dimensions,
    label,
    metadata: null,
    config: { meta: metaOf(model.config as unknown as DataMap) },
  };
}

function metric(node: MetricNode): DataMap {
  const { name, description, type, type_params, filter, label, time_granularity } = node;
  return {
    name,
    description,
    type,
    datatype: null,
    type_params,
    filter,
    metadata: null,
    label,
    config: { meta: metaOf(node.config as unknown as DataMap) },
    time_granularity,
  };
}

function savedQuery({ name, query_params, description, label, exports, tags }: SavedQueryNode): DataMap {
  return { name, query_params, description, metadata: null, label, exports: exports.map(exported), tags };
}

function exported({ name = null, config }: DataMap): DataMap {
  const { database: _, ...kept } = mapOr(config as Data);
  return { name, config: kept };
}
