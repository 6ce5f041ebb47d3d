import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { pyStr } from '../python.ts';
import { synthesizedName } from './name.ts';
import { legacyConfig, RESERVED_KEYS } from './test-config.ts';

/** What a generic test is written under. */
export interface TestTarget {
  readonly kind: 'model' | 'seed' | 'snapshot' | 'source';
  readonly name: string;
  readonly version: string | number | null;
  /** The source a table belongs to. */
  readonly sourceName: string | null;
  readonly packageName: string;
}

/** A generic test as its YAML says, with names and arguments worked out. */
export interface TestDefinition {
  readonly name: string;
  readonly namespace: string | null;
  /** Arguments of the macro, `model` among them. */
  readonly args: DataMap;
  readonly config: DataMap;
  readonly description: string;
  /** For the file. */
  readonly compiledName: string;
  /** For unique id, fqn and name. */
  readonly fullName: string;
  readonly rawCode: string;
}

export interface DefinitionRules {
  /** dbt's flag require_generic_test_arguments_property. */
  readonly argumentsProperty: boolean;
  /** Renders one string of YAML; may give any value. */
  readonly render: (text: string) => Data;
}

const NAME = /^(?:([a-zA-Z_][0-9a-zA-Z_]*)\.)?([a-zA-Z_][0-9a-zA-Z_]*)/;

/** Reads one entry of `data_tests`. Throws TSD1101 for what dbt refuses. */
export function testDefinition(
  written: Data,
  target: TestTarget,
  column: string | null,
  rules: DefinitionRules,
): TestDefinition {
  const { testName, given } = entryOf(written);
  const args = argumentsOf(given, column, rules.argumentsProperty);
  if ('model' in args) throw invalid('Test arguments include "model", which is a reserved argument');
  args.model = modelText(target);
  const match = NAME.exec(testName);
  if (match === null) throw invalid(`Test name string did not match expected pattern: ${testName}`);
  const [, namespace = null, name = ''] = match;
  const config: Record<string, Data> = { ...legacyConfig(args, rules.render) };
  const description = taken(args, 'description');
  const custom = taken(args, 'name');
  const label = nameOn(name, namespace, target);
  const made = custom === undefined ? synthesizedName(label.kind, label.target, args) : undefined;
  if (made !== undefined && made.short !== made.full && !('alias' in config)) config.alias = made.short;
  return {
    name,
    namespace,
    args,
    config,
    description: typeof description === 'string' ? description : '',
    compiledName: made?.short ?? pyStr(custom ?? ''),
    fullName: made?.full ?? pyStr(custom ?? ''),
    rawCode: `{{ ${namespace === null ? '' : `${namespace}.`}test_${name}(**_dbt_generic_test_kwargs) }}${configCall(config)}`,
  };
}

function entryOf(written: Data): { readonly testName: string; readonly given: DataMap } {
  if (typeof written === 'string') return { testName: written, given: {} };
  if (!isDataMap(written)) throw invalid(`test must be dict or str, got ${pyStr(written)}`);
  if ('test_name' in written) {
    const { test_name: testName = null, ...given } = written;
    return { testName: textName(testName), given };
  }
  const entries = Object.entries(written);
  const [first] = entries;
  if (first === undefined || entries.length !== 1) {
    throw invalid(
      `test definition dictionary must have exactly one key, got ${pyStr(written)} instead (${entries.length} keys)`,
    );
  }
  const [testName, value] = first;
  if (!isDataMap(value)) throw invalid(`test arguments must be a dict, got ${pyStr(value)}`);
  return { testName: textName(testName), given: value };
}

function textName(name: Data): string {
  if (typeof name === 'string') return name;
  throw invalid(`test name must be a str, got ${pyStr(name)}`);
}

/** The macro's arguments: those under `arguments`, else (deprecated) beside `config`. */
function argumentsOf(given: DataMap, column: string | null, argumentsProperty: boolean): Record<string, Data> {
  const args: Record<string, Data> = { ...given };
  if (column !== null) args.column_name = column;
  if (!argumentsProperty) return args;
  const nested = taken(args, 'arguments');
  return nested !== undefined && isDataMap(nested) ? { ...args, ...nested } : args;
}

/** Whether the entry gives arguments the old way, which dbt warns about. */
export function hasLooseArguments(written: Data): boolean {
  if (!isDataMap(written)) return false;
  const [only] = Object.values(written);
  const given = 'test_name' in written ? written : isDataMap(only ?? null) ? (only as DataMap) : {};
  return !isDataMap(given.arguments ?? null) && Object.keys(given).some((key) => !RESERVED_KEYS.has(key));
}

function taken(args: Record<string, Data>, key: string): Data | undefined {
  const value = args[key];
  delete args[key];
  return value;
}

/** The first two parts of a made-up name: `source_unique` and `raw_orders`, or `pkg_positive` and `orders_v2`. */
function nameOn(name: string, namespace: string | null, target: TestTarget): { kind: string; target: string } {
  const kind = target.kind === 'source' ? `source_${name}` : name;
  const versioned = target.version ? `${target.name}_v${target.version}` : target.name;
  return {
    kind: namespace === null ? kind : `${namespace}_${kind}`,
    target: target.sourceName === null ? versioned : `${target.sourceName}_${target.name}`,
  };
}

function modelText(target: TestTarget): string {
  const call =
    target.sourceName !== null
      ? `source('${target.sourceName}', '${target.name}')`
      : target.version
        ? `ref('${target.name}', version='${target.version}')`
        : `ref('${target.name}')`;
  return `{{ get_where_subquery(${call}) }}`;
}

function configCall(config: DataMap): string {
  const parts = Object.entries(config).map(([key, value]) => {
    const text = typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pyStr(value);
    return `${key}=${text}`;
  });
  return parts.length === 0 ? '' : `{{ config(${parts.join(',')}) }}`;
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
