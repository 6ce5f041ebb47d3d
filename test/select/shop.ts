import { readFileSync } from 'node:fs';
import { buildGraph, type ProjectGraph } from '../../src/graph/index.ts';
import type { Manifest, SelectorDefinition } from '../../src/model/index.ts';
import {
  type IndirectSelection,
  parseSelectors,
  resourceTypes,
  type Selection,
  select,
  specFromArguments,
} from '../../src/select/index.ts';
import type { Data, DataMap } from '../../src/util/data.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'));

/** The manifest that real dbt wrote for the example project. */
export const manifest = fixture('shop-manifest.json') as Manifest;
export const graph: ProjectGraph = buildGraph(manifest);

export interface LsCase {
  readonly args: readonly string[];
  readonly success: boolean;
  readonly out: readonly string[] | null;
  readonly exc: string | null;
}
export const lsCases = fixture('ls-results.json') as readonly LsCase[];

const LISTED = [
  ...['model', 'snapshot', 'seed', 'test', 'source', 'exposure'],
  ...['metric', 'saved_query', 'semantic_model', 'unit_test', 'function'],
];

/** The options of `ls`, each with the words that followed it. */
export function optionsOf(args: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const options: Record<string, string[]> = {};
  let current: string[] = [];
  for (const arg of args) {
    if (arg.startsWith('--')) {
      current = [];
      options[arg.slice(2)] = current;
    } else current.push(arg);
  }
  return options;
}

/** Selects as `ls` does with these arguments. */
export function list(args: readonly string[]): Selection {
  const options = optionsOf(args);
  const indirect = (options['indirect-selection']?.[0] ?? 'eager') as IndirectSelection;
  const selectors = parseSelectors(selectorDefinitions, indirect);
  const given = {
    select: options['models'] ?? options['select'],
    exclude: options['exclude'],
    selector: options['selector']?.[0],
    indirect,
  };
  const types =
    options['models'] === undefined
      ? { include: options['resource-type'] ?? [], exclude: options['exclude-resource-type'] ?? [] }
      : { include: ['model'], exclude: [] };
  return select({
    graph,
    spec: specFromArguments(given, selectors).spec,
    projectName: 'shop',
    resourceTypes: resourceTypes(types, [...LISTED, 'analysis'], LISTED),
    includeEmpty: true,
    selectors,
  });
}

const selectorDefinitions: readonly SelectorDefinition[] = Object.values(manifest.selectors).map((entry) => {
  const { name, definition } = entry as { name: string; definition: Data };
  return { name, description: '', default: false, definition, written: entry as DataMap };
});
