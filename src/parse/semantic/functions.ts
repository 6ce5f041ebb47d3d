import { TsdbtError } from '../../error/index.ts';
import type { FunctionNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Draft, Found, Writable } from '../types.ts';
import type { Properties } from '../yaml/properties.ts';
import { maps, textOrNull } from '../yaml/values.ts';
import { invalid, required } from './common.ts';

type FunctionDraft = Draft<Writable<FunctionNode>>;

/** Lays what only functions have on one: arguments, what it returns, and the files of its overloads. Throws TSD1101. */
export function applyFunction({ node }: FunctionDraft, { name, data, entry }: Properties, found: Found): void {
  const what = `function '${name}'`;
  node.arguments = argumentsOf(data.arguments, what);
  node.returns = returnsOf(data.returns, what);
  if (node.returns === null) {
    throw new TsdbtError({
      code: 'TSD1101',
      message: `${what}: 'returns' is a required property`,
      at: entry.file.at(entry.path),
    });
  }
  node.overloads = maps(data.overloads).map((each) => overloadOf(each, node, found, what));
}

function argumentsOf(value: Data | undefined, what: string): readonly DataMap[] {
  const given = maps(value);
  const firstDefault = given.findIndex((argument) => (argument.default_value ?? null) !== null);
  const late = given.find((argument, index) => index > firstDefault && (argument.default_value ?? null) === null);
  if (firstDefault >= 0 && late !== undefined) {
    throw invalid(
      `Non-defaulted argument '${String(late.name)}' of ${what} comes after a defaulted argument. Non-defaulted arguments cannot come after defaulted arguments.`,
    );
  }
  return given.map((argument) => ({
    name: required(argument, 'name', `${what}: an argument`),
    data_type: required(argument, 'data_type', `${what}: an argument`),
    description: textOrNull(argument.description),
    default_value: argument.default_value ?? null,
  }));
}

function returnsOf(value: Data | undefined, what: string): DataMap | null {
  if (!isDataMap(value)) return null;
  return { data_type: required(value, 'data_type', `${what}: returns`), description: textOrNull(value.description) };
}

/** The file of an overload is no function of its own; what it refers to is what the function refers to. */
function overloadOf(data: DataMap, node: FunctionDraft['node'], found: Found, what: string): DataMap {
  const name = required(data, 'defined_in', `${what}: an overload`);
  if (name === node.name) {
    throw invalid(`Function '${name}' cannot list itself in overloads (defined_in: '${name}').`);
  }
  const id = `function.${node.package_name}.${name}`;
  const overload = found.functions.get(id)?.node;
  if (overload === undefined) {
    throw invalid(`Function overload '${name}' (defined_in) not found. Expected a SQL file at functions/${name}.sql`);
  }
  found.functions.delete(id);
  node.refs = union(node.refs, overload.refs);
  node.sources = union(node.sources, overload.sources);
  node.functions = union(node.functions, overload.functions);
  return {
    defined_in: name,
    arguments: argumentsOf(data.arguments, what),
    returns: returnsOf(data.returns, what),
    description: textOrNull(data.description),
    raw_body: overload.raw_code,
    compiled_body: null,
  };
}

function union<T>(own: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Map([...own, ...more].map((each) => [JSON.stringify(each), each])).values()];
}
