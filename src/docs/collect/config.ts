import type { ConfigEntry } from '../format/detail.ts';
import { type Loose, record, text, texts, written } from './loose.ts';

/** Name of a type's tree in dbt_project.yml. */
const TREES: Readonly<Record<string, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  source: 'sources',
  test: 'data_tests',
  unit_test: 'unit_tests',
  exposure: 'exposures',
  analysis: 'analyses',
  metric: 'metrics',
};

const TESTS = new Set(['test', 'unit_test']);

/** A node's configuration and where each value was said: in the file itself, beside it, in dbt_project.yml, or nowhere. */
export function configOf(node: Loose, trees: Loose | undefined): ConfigEntry[] {
  const config = record(node['config']);
  const said = record(node['unrendered_config']);
  const inline = keysInCode(text(node['raw_code']));
  const places = treePlaces(node, trees);
  return (
    Object.entries(config)
      .filter(([, value]) => value !== null && value !== undefined && !isEmpty(value))
      .map(([key, value]) => ({ key, value: written(value), from: originOf(key, node, said, inline, places) }))
      // Hundreds of tests have the same defaults: they would say nothing, hundreds of times.
      .filter(({ from }) => from !== 'default' || !TESTS.has(text(node['resource_type'])))
      .sort((a, b) => Number(a.from === 'default') - Number(b.from === 'default') || (a.key < b.key ? -1 : 1))
  );
}

function originOf(
  key: string,
  node: Loose,
  said: Loose,
  inline: ReadonlyMap<string, number>,
  places: ReadonlyMap<string, string>,
): string {
  const line = inline.get(key) ?? inline.get(key.replace('-', '_'));
  if (line !== undefined) return `${text(node['original_file_path'])}:${line}`;
  const patch = text(node['patch_path']).replace(/^.*?:\/\//, '');
  const tree = places.get(key);
  const isSaid = key in said || key.replace('-', '_') in said;
  if (isSaid && tree !== undefined) return tree;
  if (isSaid && patch !== '') return patch;
  if (tree !== undefined) return tree;
  return isSaid ? 'dbt_project.yml' : 'default';
}

/** The words given to `config(…)` in a template, with the line of each. */
function keysInCode(code: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const call of code.matchAll(/\bconfig\s*\(/g)) {
    const from = call.index + call[0].length;
    let depth = 1;
    let at = from;
    for (; at < code.length && depth > 0; at++) {
      const sign = code[at] as string;
      if (sign === "'" || sign === '"') {
        const end = code.indexOf(sign, at + 1);
        if (end > 0) at = end;
      } else if ('([{'.includes(sign)) depth++;
      else if (')]}'.includes(sign)) depth--;
      else if (depth === 1) {
        const key = /^(\w+)\s*=(?!=)/.exec(code.slice(at, at + 60))?.[1];
        const isStart = !/\w/.test(code[at - 1] ?? ' ');
        if (key !== undefined && isStart) found.set(key, code.slice(0, at).split('\n').length);
      }
    }
  }
  return found;
}

/** Every `+key` on the way from the root of the node's tree to its folder, with its path. The nearest wins. */
function treePlaces(node: Loose, trees: Loose | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const name = TREES[text(node['resource_type'])];
  if (name === undefined || trees === undefined) return found;
  let tree: unknown = trees[name];
  let path = name;
  const take = (): void => {
    for (const [key, value] of Object.entries(record(tree))) {
      const isConfig = key.startsWith('+') || typeof value !== 'object' || Array.isArray(value);
      if (isConfig) found.set(key.replace(/^\+/, ''), `dbt_project.yml (${path})`);
    }
  };
  take();
  for (const part of texts(node['fqn'])) {
    tree = record(tree)[part];
    if (tree === undefined) break;
    path += `.${part}`;
    take();
  }
  return found;
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
