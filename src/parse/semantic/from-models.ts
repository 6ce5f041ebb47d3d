import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Properties } from '../yaml/properties.ts';
import { mapOr, maps, textOr, textOrNull } from '../yaml/values.ts';
import { DIMENSION_TYPES, ENTITY_TYPES, GRAINS, invalid, metaOf, oneOf } from './common.ts';
import type { Attached } from './metric-params.ts';
import { dimensionOf, entityOf, type SemanticBody, validityOf } from './semantic-models.ts';

/** What the properties of a model say of the semantic layer. */
export interface ModelSemantics {
  readonly body: SemanticBody;
  readonly metrics: readonly DataMap[];
  /** For metrics that aggregate columns of the model themselves. */
  readonly attached: Attached;
}

const KEYS = ['name', 'enabled', 'group', 'config'];

/** The semantic model that a model's own YAML describes; undefined where it asks for none. Throws TSD1101. */
export function modelSemantics({ name, data }: Properties): ModelSemantics | undefined {
  const wanted = data.semantic_model ?? null;
  if (wanted === null || wanted === false || (isDataMap(wanted) && wanted.enabled === false)) return undefined;
  const settings = mapOr(wanted);
  const unknown = Object.keys(settings).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) {
    throw invalid(
      `Unknown field(s) in semantic_model config: ${unknown.sort().join(', ')}. Valid fields are: ${[...KEYS].sort().join(', ')}.`,
    );
  }
  const what = `the semantic model of '${name}'`;
  const derived = mapOr(data.derived_semantics);
  const timeDimension = textOrNull(data.agg_time_dimension);
  const semanticModel = textOrNull(settings.name) ?? name;
  const columns = maps(data.columns);
  return {
    body: {
      name: semanticModel,
      config: configOf(settings),
      description: textOr(data.description, ''),
      label: null,
      model: `ref('${name}')`,
      defaults: { agg_time_dimension: timeDimension },
      primaryEntity: textOrNull(data.primary_entity),
      entities: [
        ...columns.flatMap((column) => columnEntity(column, what)),
        ...maps(derived.entities).map((each) => entityOf(each, what)),
      ],
      dimensions: [
        ...columns.flatMap((column) => columnDimension(column, what)),
        ...maps(derived.dimensions).map((each) => derivedDimension(each, what)),
      ],
      measures: [],
    },
    metrics: maps(data.metrics),
    attached: { semanticModel, timeDimension },
  };
}

/** dbt reads `enabled` and `group` only beside a `config`. */
function configOf(settings: DataMap): DataMap {
  if (!isDataMap(settings.config)) return {};
  const { meta } = settings.config;
  return {
    meta: mapOr(meta),
    enabled: settings.enabled !== false,
    ...((settings.group ?? null) !== null && { group: settings.group as Data }),
  };
}

function columnMeta(column: DataMap): DataMap {
  return { ...mapOr(column.meta), ...metaOf(column.config) };
}

function columnEntity(column: DataMap, what: string): readonly DataMap[] {
  const written = column.entity ?? null;
  if (written === null) return [];
  const columnName = String(column.name);
  if (!isDataMap(written)) {
    const type = oneOf(written, ENTITY_TYPES, `${what}: the entity of column '${columnName}'`);
    const description = textOr(column.description, '');
    return [entityOf({ name: columnName, type, description, config: { meta: columnMeta(column) } }, what)];
  }
  const name = textOrNull(written.name) ?? columnName;
  const own = mapOr(written.config);
  const config = { meta: 'meta' in own ? metaOf(own) : columnMeta(column) };
  return [entityOf({ ...written, role: null, name, expr: name === columnName ? null : columnName, config }, what)];
}

function columnDimension(column: DataMap, what: string): readonly DataMap[] {
  const written = column.dimension ?? null;
  if (written === null) return [];
  const columnName = String(column.name);
  const description = textOr(column.description, '');
  if (!isDataMap(written)) {
    const type = oneOf(written, DIMENSION_TYPES, `${what}: the dimension of column '${columnName}'`);
    return [dimensionOf({ name: columnName, type, description, config: { meta: columnMeta(column) } }, what)];
  }
  const name = textOrNull(written.name) || columnName;
  const grain = column.granularity ?? null;
  const dimension = dimensionOf(
    {
      ...written,
      name,
      description: textOrNull(written.description) || description,
      expr: name === columnName ? null : columnName,
      config: { meta: { ...columnMeta(column), ...metaOf(written.config) } },
    },
    what,
  );
  const params =
    grain === null ? null : { time_granularity: grain, validity_params: validityOf(written.validity_params) };
  return [{ ...dimension, type_params: params }];
}

function derivedDimension(data: DataMap, what: string): DataMap {
  const grain = data.granularity ?? null;
  const params =
    grain === null
      ? null
      : {
          time_granularity: oneOf(grain, GRAINS, `${what}: granularity`),
          validity_params: validityOf(data.validity_params),
        };
  return { ...dimensionOf(data, what), type_params: params };
}
