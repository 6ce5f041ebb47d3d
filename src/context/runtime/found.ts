import { PyObject, type Value } from '../../jinja/index.ts';
import type { FunctionNode, Manifest, NodeMap, OtherNode } from '../../model/index.ts';
import { compilationProblem } from '../problem.ts';
import type { Dialect } from '../types.ts';
import { relationOf } from './relation-of.ts';

/** What `metric('revenue')` gives: prints as its name. */
class MetricReference extends PyObject {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  pyTypeName(): string {
    return 'ResolvedMetricReference';
  }

  override pyStr(): string {
    return this.#name;
  }

  override pyAttr(name: string): Value | undefined {
    return name === 'name' || name === 'metric_name' ? this.#name : undefined;
  }
}

export function metricReference(manifest: Manifest, packageName: string | null, name: string): Value {
  find(manifest.metrics, 'metric', packageName, name);
  return new MetricReference(name);
}

export function functionRelation(
  manifest: Manifest,
  dialect: Dialect,
  packageName: string | null,
  name: string,
): Value {
  const found = find(manifest.functions, 'function', packageName, name);
  return relationOf({ ...found }, dialect);
}

function find<T extends OtherNode | FunctionNode>(
  nodes: NodeMap<T>,
  kind: string,
  packageName: string | null,
  name: string,
): T {
  for (const node of Object.values(nodes))
    if (node.name === name && (packageName === null || node.package_name === packageName)) return node;
  throw compilationProblem(
    `Template depends on a ${kind} named '${name}'${packageName === null ? '' : ` in package '${packageName}'`} which was not found`,
    'TSD1103',
  );
}
