import type { DependsOn, MetricNode, ModelNode, SemanticModelNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { nearest } from '../../util/nearest.ts';
import type { Problems } from '../problems.ts';
import { packagesToSearch } from '../resolve/index-by-name.ts';
import { placeOfCall } from '../resolve/place.ts';
import type { Found, Writable } from '../types.ts';
import { mapOr } from '../yaml/values.ts';
import { invalid } from './common.ts';
import { checkNames } from './names.ts';
import { hasTimeSpine } from './semantic-manifest.ts';

type Metric = Writable<MetricNode>;

/** Finds what metrics and saved queries are made of, and where the semantic models lie. */
export function resolveSemantics(found: Found, root: string, problems: Problems): void {
  placeSemanticModels(found);
  const [first] = found.semanticModels.values();
  if (first !== undefined && !hasTimeSpine(modelsOf(found))) {
    problems.add({
      code: 'TSD1101',
      message:
        'The semantic layer requires a time spine model with granularity DAY or smaller in the project, but none was found.',
      at: found.places.get(first.unique_id)?.(),
      hint: 'give a model with one row a day the property time_spine (https://docs.getdbt.com/docs/build/metricflow-time-spine)',
    });
  }
  checkNames(found, problems);
  const metrics = new Metrics(found, root);
  for (const metric of found.metrics.values()) {
    problems.attempt(() => metrics.resolve(metric), found.places.get(metric.unique_id));
  }
  for (const { node, origin } of found.nodes.values()) {
    if (node.resource_type === 'seed' || node.metrics.length === 0) continue;
    problems.attempt(
      () => addMetrics(node, metrics),
      () => placeOfCall(node.raw_code, origin, 'metric', node.metrics[0]?.at(-1) ?? ''),
    );
  }
  for (const exposure of found.exposures.values()) {
    if (exposure.metrics.length === 0) continue;
    problems.attempt(() => addMetrics(exposure, metrics), found.places.get(exposure.unique_id));
  }
  for (const query of found.savedQueries.values()) {
    const names = query.query_params.metrics;
    problems.attempt(() => {
      const ids = (Array.isArray(names) ? names : []).map((name) => metrics.named(String(name), query).unique_id);
      query.depends_on = { macros: [], nodes: [...new Set(ids)] };
    }, found.places.get(query.unique_id));
  }
}

function* modelsOf(found: Found): Generator<ModelNode> {
  for (const { node } of found.nodes.values()) if (node.resource_type === 'model') yield node;
}

interface Asking {
  readonly unique_id: string;
  readonly package_name: string;
  readonly metrics: readonly (readonly string[])[];
  depends_on: DependsOn;
}

function addMetrics(node: Asking, metrics: Metrics): void {
  const ids = node.metrics.map((asked) => metrics.asked(asked, node).unique_id);
  node.depends_on = { ...node.depends_on, nodes: [...new Set([...node.depends_on.nodes, ...ids])] };
}

/** A semantic model lies where its model does. */
function placeSemanticModels(found: Found): void {
  for (const model of found.semanticModels.values()) {
    const [first] = model.depends_on.nodes;
    const node = first === undefined ? undefined : found.nodes.get(first)?.node;
    if (node === undefined) continue;
    const { alias, schema: schema_name, database, relation_name } = node;
    model.node_relation = { alias, schema_name, database, relation_name };
  }
}

/** Metrics by name, as those of one package see them. */
class Metrics {
  readonly #found: Found;
  readonly #root: string;
  readonly #open = new Set<string>();
  readonly #done = new Set<string>();

  constructor(found: Found, root: string) {
    this.#found = found;
    this.#root = root;
  }

  /** `[name]` or `[package, name]`, as `metric()` was called. */
  asked(asked: readonly string[], by: { readonly package_name: string; readonly unique_id: string }): Metric {
    const [first = '', second] = asked;
    return second === undefined ? this.named(first, by) : this.named(second, { ...by, package_name: first });
  }

  /** Throws TSD1101 where there is none, or none that is enabled. */
  named(name: string, by: { readonly package_name: string; readonly unique_id: string }): Metric {
    const ids = packagesToSearch(this.#root, by.package_name).map((each) => `metric.${each}.${name}`);
    const id = ids.find((each) => this.#found.metrics.has(each));
    const metric = id === undefined ? undefined : this.#found.metrics.get(id);
    if (metric !== undefined) return metric;
    if (ids.some((each) => this.#found.disabled.has(each))) {
      throw invalid(`The metric \`${name}\` is disabled and thus cannot be referenced.`);
    }
    const near = nearest(
      name,
      [...this.#found.metrics.values()].map((each) => each.name),
    );
    const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
    throw invalid(`The metric \`${name}\` does not exist but was referenced by ${by.unique_id}.${hint}`);
  }

  /** Fills `input_measures` and `depends_on`. Throws TSD1101. */
  resolve(metric: Metric): void {
    const { unique_id: id } = metric;
    if (this.#done.has(id)) return;
    if (this.#open.has(id)) throw invalid(`The metric \`${metric.name}\` is made of itself.`);
    this.#open.add(id);
    const params = metric.type_params;
    const conversion = mapOr(params.conversion_type_params);
    const measures = [params.measure, conversion.base_measure, conversion.conversion_measure].filter(isDataMap);
    const inputs = inputsOf(metric);
    if (measures.length > 0) this.#overMeasures(metric, measures);
    else if (inputs.length > 0) this.#overMetrics(metric, inputs);
    else if (isDataMap(params.metric_aggregation_params)) {
      const model = String(params.metric_aggregation_params.semantic_model);
      metric.depends_on = { macros: [], nodes: [`semantic_model.${this.#root}.${model}`] };
    } else throw invalid(`${title(metric.type)} metric \`${metric.name}\` is made of nothing.`);
    this.#open.delete(id);
    this.#done.add(id);
  }

  #overMeasures(metric: Metric, measures: readonly DataMap[]): void {
    const ids = measures.map(({ name }) => this.#modelOf(String(name), metric).unique_id);
    metric.type_params = { ...metric.type_params, input_measures: unique(measures) };
    metric.depends_on = { macros: [], nodes: [...new Set(ids)] };
  }

  #overMetrics(metric: Metric, inputs: readonly DataMap[]): void {
    const targets = inputs.map(({ name }) => this.named(String(name), metric));
    for (const target of targets) this.resolve(target);
    const isSum = metric.type === 'derived' || metric.type === 'ratio';
    const measures = isSum ? targets.flatMap(({ type_params: { input_measures } }) => listOf(input_measures)) : [];
    metric.type_params = { ...metric.type_params, input_measures: unique(measures) };
    metric.depends_on = { macros: [], nodes: [...new Set(targets.map((target) => target.unique_id))] };
  }

  #modelOf(measure: string, metric: Metric): Writable<SemanticModelNode> {
    const has = (model: { readonly measures: readonly DataMap[] }) =>
      model.measures.some(({ name }) => name === measure);
    for (const packageName of packagesToSearch(this.#root, metric.package_name)) {
      for (const model of this.#found.semanticModels.values()) {
        if ((packageName === null || model.package_name === packageName) && has(model)) return model;
      }
    }
    for (const entry of [...this.#found.disabled.values()].flat()) {
      if (entry.kind !== 'other' || entry.value.resource_type !== 'semantic_model' || !has(entry.value)) continue;
      throw invalid(`The measure \`${measure}\` is referenced on disabled semantic model \`${entry.value.name}\`.`);
    }
    throw invalid(`A semantic model having a measure \`${measure}\` does not exist but was referenced.`);
  }
}

/** The metrics a metric is made of. */
function inputsOf({ type, type_params: params, name }: Metric): readonly DataMap[] {
  const conversion = mapOr(params.conversion_type_params);
  if (type === 'ratio') {
    const both = [params.numerator, params.denominator].filter(isDataMap);
    if (both.length < 2) {
      throw invalid(`Invalid ratio metric '${name}'. Both a numerator and denominator must be specified`);
    }
    return both;
  }
  if (type === 'derived') return listOf(params.metrics);
  if (type === 'cumulative') return [mapOr(params.cumulative_type_params).metric].filter(isDataMap);
  return [conversion.base_metric, conversion.conversion_metric].filter(isDataMap);
}

function listOf(value: Data | undefined): readonly DataMap[] {
  return Array.isArray(value) ? value.filter(isDataMap) : [];
}

function unique(measures: readonly DataMap[]): readonly DataMap[] {
  return [...new Map(measures.map((each) => [JSON.stringify(each), each])).values()];
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
