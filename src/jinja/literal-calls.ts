import { JinjaError } from './errors.ts';
import { literalOf } from './literal.ts';
import * as nodes from './syntax/nodes.ts';
import { parse } from './syntax/parser.ts';
import { Dict } from './values/dict.ts';
import type { Value } from './values/object.ts';

/** What a file says that consists of text, comments and plain `ref`, `source` and `config` calls only. */
export interface LiteralCalls {
  /** In order, with repeats. */
  readonly refs: readonly {
    readonly package: string | null;
    readonly name: string;
    readonly version: string | number | null;
  }[];
  readonly sources: readonly (readonly [source: string, table: string])[];
  /** One pair for each argument of each call, in order. */
  readonly configs: readonly (readonly [key: string, value: Value])[];
}

const OPTIONS = { trimBlocks: false, lstripBlocks: false, keepTrailingNewline: true };
const STATEMENT = /\{%|\{\{-|-\}\}/;
const HOOKS = new Set(['pre_hook', 'post_hook', 'pre-hook', 'post-hook']);

interface Found {
  readonly refs: LiteralCalls['refs'][number][];
  readonly sources: LiteralCalls['sources'][number][];
  readonly configs: LiteralCalls['configs'][number][];
}

/** The fast path of parsing: undefined where the file holds anything else, so that it must be rendered. */
export function literalCalls(source: string): LiteralCalls | undefined {
  if (STATEMENT.test(source)) return undefined;
  try {
    return literalCallsIn(parse(source, OPTIONS), source);
  } catch (error) {
    if (error instanceof JinjaError) return undefined;
    throw error;
  }
}

/** The same for a source that has been parsed. */
export function literalCallsIn(root: nodes.Root, source: string): LiteralCalls | undefined {
  if (STATEMENT.test(source)) return undefined;
  const found: Found = { refs: [], sources: [], configs: [] };
  for (const output of root.body) {
    if (!(output instanceof nodes.Output) || !output.nodes.every((node) => readNode(node, found))) return undefined;
  }
  return found;
}

function readNode(node: nodes.Expr, found: Found): boolean {
  if (node instanceof nodes.TemplateData) return true;
  if (!(node instanceof nodes.Call) || !(node.node instanceof nodes.Name)) return false;
  if (node.dynArgs !== null || node.dynKwargs !== null) return false;
  if (node.node.name === 'ref') return readRef(node, found);
  if (node.node.name === 'source') return readSource(node, found);
  return node.node.name === 'config' && readConfig(node, found);
}

const textOf = (node: nodes.Expr | undefined): string | undefined =>
  node instanceof nodes.Const && typeof node.value === 'string' ? node.value : undefined;

function readRef(node: nodes.Call, found: Found): boolean {
  const names = node.args.map(textOf);
  if (names.length < 1 || names.length > 2 || names.includes(undefined) || node.kwargs.length > 1) return false;
  const [keyword] = node.kwargs;
  let version: Value = null;
  if (keyword !== undefined) {
    version = literalOf(keyword.value);
    const known = keyword.key === 'v' || keyword.key === 'version';
    if (!known || (typeof version !== 'string' && typeof version !== 'number')) return false;
  }
  const [first, second] = names as string[];
  found.refs.push({ package: second === undefined ? null : first!, name: second ?? first!, version });
  return true;
}

function readSource(node: nodes.Call, found: Found): boolean {
  const names = node.args.map(textOf);
  for (const { key, value } of node.kwargs) {
    const at = ['source_name', 'table_name'].indexOf(key);
    if (at < 0 || names[at] !== undefined) return false;
    names[at] = textOf(value);
  }
  if (names.length !== 2 || names[0] === undefined || names[1] === undefined) return false;
  found.sources.push([names[0], names[1]]);
  return true;
}

function readConfig(node: nodes.Call, found: Found): boolean {
  if (node.args.length > 0 || node.kwargs.length === 0) return false;
  for (const { key, value } of node.kwargs) {
    const literal = configValue(value);
    if (literal === undefined || HOOKS.has(key)) return false;
    found.configs.push([key, literal]);
  }
  return true;
}

/** Strings, booleans, and lists and dicts of them: whatever else must be rendered. */
function configValue(node: nodes.Expr): Value | undefined {
  if (node instanceof nodes.Const)
    return typeof node.value === 'string' || typeof node.value === 'boolean' ? node.value : undefined;
  if (node instanceof nodes.List) {
    const items = node.items.map(configValue);
    return items.includes(undefined) ? undefined : items;
  }
  if (!(node instanceof nodes.Dict)) return undefined;
  const dict = new Dict();
  for (const { key, value } of node.items) {
    const [k, v] = [textOf(key), configValue(value)];
    if (k === undefined || v === undefined) return undefined;
    dict.set(k, v);
  }
  return dict;
}
