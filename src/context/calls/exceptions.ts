import { str, type Value } from '../../jinja/index.ts';
import { LazyObject } from '../lazy-object.ts';
import { compilationProblem, TemplateProblem } from '../problem.ts';
import { pyFunction } from '../py-function.ts';
import type { ContextEnvironment } from '../types.ts';
import { contractText } from './contract.ts';
import { warnOrRaise } from './warn.ts';

type Raiser = (environment: ContextEnvironment, node: NodeName | undefined) => Value;
interface NodeName {
  readonly unique_id?: unknown;
  readonly config?: unknown;
}

function raising(name: string, parameters: readonly string[], make: (...values: Value[]) => Error): Raiser {
  return () =>
    pyFunction(name, parameters, (...values) => {
      throw make(...values);
    });
}

const compilation = (text: string) => compilationProblem(text, 'TSD2003');
const attr = (value: Value, name: string): string => str(value?.pyAttr?.(name) ?? value?.get?.(name) ?? null);

const RAISERS: Readonly<Record<string, Raiser>> = {
  warn: (environment) =>
    pyFunction('warn', ['msg', 'node?'], (message) => {
      warnOrRaise(environment, 'JinjaLogWarning', { msg: str(message) }, str(message));
      return '';
    }),
  warn_snapshot_timestamp_data_types: (environment) =>
    pyFunction(
      'warn_snapshot_timestamp_data_types',
      ['snapshot_time_data_type', 'updated_at_data_type'],
      (snapshot, updated) => {
        const data = { snapshot_time_data_type: str(snapshot), updated_at_data_type: str(updated) };
        const text = `Data type of snapshot table timestamp columns (${data.snapshot_time_data_type}) doesn't match derived column 'updated_at' (${data.updated_at_data_type}). Please update snapshot config 'updated_at'.`;
        warnOrRaise(environment, 'SnapshotTimestampWarning', data, text);
        return null;
      },
    ),
  raise_compiler_error: raising('raise_compiler_error', ['msg', 'node?'], (message) => compilation(str(message))),
  raise_database_error: raising(
    'raise_database_error',
    ['msg', 'node?'],
    (message) => new TemplateProblem('Database', { code: 'TSD3001', message: str(message) }),
  ),
  raise_fail_fast_error: raising(
    'raise_fail_fast_error',
    ['msg', 'node?'],
    (message) => new TemplateProblem('FailFast', { code: 'TSD2003', message: str(message) }),
  ),
  raise_dependency_error: raising(
    'raise_dependency_error',
    ['msg'],
    (message) => new TemplateProblem('Dependency', { code: 'TSD1006', message: str(message) }),
  ),
  raise_not_implemented: raising(
    'raise_not_implemented',
    ['msg'],
    (message) => new TemplateProblem('Runtime', { code: 'TSD2003', message: `ERROR: ${str(message)}` }),
  ),
  missing_config: raising('missing_config', ['model', 'name'], (model, name) =>
    compilation(missingConfigText(attr(model, 'unique_id'), str(name))),
  ),
  missing_materialization: raising('missing_materialization', ['model', 'adapter_type'], (model, adapter) =>
    compilation(missingMaterializationText(attr(model?.get?.('config'), 'materialized'), str(adapter))),
  ),
  missing_relation: raising('missing_relation', ['relation', 'model?'], (relation) =>
    compilation(`Relation ${str(relation)} not found!`),
  ),
  relation_wrong_type: raising('relation_wrong_type', ['relation', 'expected_type', 'model?'], (relation, expected) =>
    compilation(
      `Trying to create ${str(expected)} ${str(relation)}, but it currently exists as a ${attr(relation, 'type')}. Either ` +
        `drop ${str(relation)} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.`,
    ),
  ),
  raise_contract_error: raising('raise_contract_error', ['yaml_columns', 'sql_columns'], (yaml, sql) =>
    compilation(contractText(yaml, sql)),
  ),
  column_type_missing: raising('column_type_missing', ['column_names'], (names) =>
    compilation(
      'Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type ' +
        `are defined within the YAML configuration for the ${str(names)} column(s).`,
    ),
  ),
  raise_cache_inconsistent: raising(
    'raise_cache_inconsistent',
    ['message'],
    (message) =>
      new TemplateProblem('Runtime', { code: 'TSD2003', message: `Cache inconsistency detected: ${str(message)}` }),
  ),
  raise_ambiguous_alias: raising('raise_ambiguous_alias', ['node_1', 'node_2', 'duped_name?'], (one, two, name) =>
    compilation(
      `dbt found two resources with the database representation "${name === undefined ? attr(one, 'relation_name') : str(name)}".\n` +
        'dbt cannot create two resources with identical database representations. To fix this,\n' +
        `change the configuration of one of these resources:\n- ${placeOf(one)}\n- ${placeOf(two)}`,
    ),
  ),
  raise_duplicate_resource_name: raising('raise_duplicate_resource_name', ['node_1', 'node_2'], (one, two) =>
    compilation(`dbt found two resources with the name "${attr(one, 'name')}".\n- ${placeOf(one)}\n- ${placeOf(two)}`),
  ),
  raise_ambiguous_catalog_match: raising(
    'raise_ambiguous_catalog_match',
    ['unique_id', 'match_1', 'match_2'],
    (id, one, two) =>
      compilation(
        `dbt found two relations in your warehouse with similar database identifiers: ${str(one)} and ${str(two)}; both could be ${str(id)}.`,
      ),
  ),
};

export function missingConfigText(uniqueId: string, name: string): string {
  return `Model '${uniqueId}' does not define a required config parameter '${name}'.`;
}

export function missingMaterializationText(materialization: string, adapterType: string): string {
  const searched = adapterType === 'default' ? "'default'" : `'default' and '${adapterType}'`;
  return `No materialization '${materialization}' was found for adapter ${adapterType}! (searched types ${searched})`;
}

function placeOf(node: Value): string {
  return `${attr(node, 'unique_id')} (${attr(node, 'original_file_path')})`;
}

/** Template global `exceptions`. */
export function exceptionsObject(environment: ContextEnvironment, node: NodeName | undefined): Value {
  const lookup = (name: string) => (Object.hasOwn(RAISERS, name) ? RAISERS[name]?.(environment, node) : undefined);
  return new LazyObject('dict', lookup, () => Object.keys(RAISERS));
}
