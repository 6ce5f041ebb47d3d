import type { MetricNode, SavedQueryNode, SemanticModelNode } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import { addOnce, sameName } from '../found.ts';
import type { Problems } from '../problems.ts';
import type { Found, Writable } from '../types.ts';
import type { Properties } from '../yaml/properties.ts';
import type { AllProperties } from '../yaml/read-all.ts';
import { type RenderText, renderedEntry } from '../yaml/render.ts';
import type { Entry } from '../yaml/schema-file.ts';
import { checkedEntry } from '../yaml/shape/entry.ts';
import { mapOr, maps } from '../yaml/values.ts';
import type { SemanticParts } from './common.ts';
import { modelSemantics } from './from-models.ts';
import type { Attached } from './metric-params.ts';
import { metricOf, metricOfMeasure } from './metrics.ts';
import { savedQueryOf } from './saved-queries.ts';
import { type SemanticBody, semanticBody, semanticModelOf } from './semantic-models.ts';

interface Adding {
  readonly found: Found;
  readonly problems: Problems;
  readonly parts: SemanticParts;
}

/** Semantic models, metrics and saved queries of all files; what they refer to is looked up later. */
export function addSemantics(all: AllProperties, adding: Adding): void {
  for (const properties of all.models) within(properties.entry, adding, () => addOfModel(properties, adding));
  for (const entry of all.metrics) within(entry, adding, () => addMetric(entry, rendered(entry, adding), adding));
  for (const entry of all.semanticModels) within(entry, adding, () => addSemanticModel(entry, adding));
  for (const entry of all.savedQueries) {
    within(entry, adding, () => {
      const query = savedQueryOf(entry, rendered(entry, adding), adding.parts);
      add(query, entry, adding.found.savedQueries, adding);
    });
  }
}

function within(entry: Entry, { problems }: Adding, work: () => void): void {
  problems.attempt(work, () => entry.file.at(entry.path));
}

function rendered(entry: Entry, { parts }: Adding): DataMap {
  const render: RenderText = (...text) => parts.templates.value(entry.file.entry.packageName, ...text);
  return checkedEntry(entry, renderedEntry(entry.section, entry.data, render));
}

function addOfModel(properties: Properties, adding: Adding): void {
  const { entry, name } = properties;
  const semantics = modelSemantics(properties);
  if (semantics === undefined) return;
  // dbt reads this where it lays properties on their model: there must be one.
  const isThere = [...adding.found.nodes.values()].some(
    ({ node }) =>
      node.resource_type === 'model' && node.name === name && node.package_name === entry.file.entry.packageName,
  );
  if (!isThere) return;
  addBody(entry, semantics.body, adding);
  for (const metric of semantics.metrics) {
    const isSimple = (metric.type ?? 'simple') === 'simple';
    addMetric(entry, metric, adding, isSimple ? semantics.attached : undefined);
  }
}

function addMetric(entry: Entry, data: DataMap, adding: Adding, attached?: Attached): void {
  add(metricOf(entry, data, adding.parts, attached), entry, adding.found.metrics, adding);
}

function addSemanticModel(entry: Entry, adding: Adding): void {
  const data = rendered(entry, adding);
  const model = addBody(entry, semanticBody(data), adding);
  for (const measure of maps(data.measures)) {
    if (measure.create_metric !== true) continue;
    const settings = { enabled: model.config.enabled, meta: mapOr((model.config as unknown as DataMap).meta) };
    addMetric(entry, metricOfMeasure(measure, settings), adding);
  }
}

function addBody(entry: Entry, body: SemanticBody, adding: Adding): Writable<SemanticModelNode> {
  const model = semanticModelOf(entry, body, adding.parts);
  add(model, entry, adding.found.semanticModels, adding);
  return model;
}

type SemanticNode = Writable<MetricNode> | Writable<SemanticModelNode> | Writable<SavedQueryNode>;

function add<T extends SemanticNode>(node: T, entry: Entry, map: Map<string, T>, { found }: Adding): void {
  const at = () => entry.file.at(entry.path);
  found.places.set(node.unique_id, at);
  if (node.config.enabled) addOnce(map, node.unique_id, node, (before) => sameName(node, before, at()));
  else {
    const others = found.disabled.get(node.unique_id) ?? [];
    found.disabled.set(node.unique_id, [...others, { kind: 'other', value: node }]);
  }
}
