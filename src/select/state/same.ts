import { type Fields, haveSame, isSame, mapAt } from './data.ts';

/** Configuration that does not make a node another one; tests have a list of what does. */
const IGNORED_CONFIG = ['alias', 'schema', 'database', 'tags', 'group'];
const TEST_CONFIG = [
  ...['severity', 'where', 'limit', 'fail_calc', 'warn_if', 'error_if', 'store_failures', 'store_failures_as'],
  'sql_header',
];
const NODES = ['model', 'seed', 'snapshot', 'test', 'analysis', 'operation', 'sql_operation', 'function'];

export type Aspect = 'body' | 'configs' | 'persisted_descriptions' | 'relation';

/** Whether one aspect of a node is as it was; null where the node has no such aspect. */
export function isSameAspect(aspect: Aspect, now: Fields, before: Fields): boolean | null {
  if (aspect !== 'configs' && aspect !== 'relation' && !isNode(now)) return null;
  switch (aspect) {
    case 'body':
      return now['resource_type'] === 'seed' ? haveSame(now, before, 'checksum') : haveSame(now, before, 'raw_code');
    case 'configs':
      return 'config' in now && now['resource_type'] !== 'unit_test' ? isSameConfig(now, before) : null;
    case 'persisted_descriptions':
      return isSameDescription(now, before);
    case 'relation':
      return isSameRelation(now, before);
  }
}

/** Whether a node has that aspect at all: a new node that has counts as changed in it. */
export function hasAspect(aspect: Aspect, now: Fields): boolean {
  if (isNode(now)) return true;
  if (aspect === 'configs') return 'config' in now && now['resource_type'] !== 'unit_test';
  return aspect === 'relation' && now['resource_type'] === 'source';
}

/** Whether a node is what it was, contract and macros aside. New sources, exposures and the like are not "modified" to dbt. */
export function isSameContents(now: Fields, before: Fields | undefined): boolean {
  const type = String(now['resource_type']);
  if (before === undefined) return !isNode(now) && type !== 'unit_test';
  switch (type) {
    case 'unit_test':
      return haveSame(now, before, 'checksum');
    case 'source':
      return (
        isSameRelation(now, before) &&
        haveSame(now, before, 'fqn', 'quoting', 'freshness', 'loaded_at_field', 'external') &&
        isSameConfig(now, before)
      );
    case 'exposure':
      return isSameExposure(now, before);
    case 'metric':
      return haveSame(now, before, 'type', 'description', 'label') && isSameConfig(now, before);
    case 'semantic_model':
      return haveSame(now, before, ...SEMANTIC_MODEL);
    case 'saved_query':
      return haveSame(now, before, 'query_params', 'description', 'label', 'config', 'group', 'exports', 'tags');
    default:
      return isSameNode(now, before);
  }
}

const SEMANTIC_MODEL = [
  ...['model', 'description', 'defaults', 'entities', 'dimensions', 'measures', 'config', 'primary_entity', 'group'],
];

export function isNode(fields: Fields): boolean {
  return NODES.includes(String(fields['resource_type']));
}

function isSameNode(now: Fields, before: Fields): boolean {
  const isGeneric = now['resource_type'] === 'test' && now['test_metadata'] != null;
  if (!isSameConfig(now, before) || !haveSame(now, before, 'fqn')) return false;
  if (isGeneric) return true;
  const aspects = (['body', 'persisted_descriptions', 'relation'] as const).every(
    (aspect) => isSameAspect(aspect, now, before) === true,
  );
  if (now['resource_type'] === 'function') return aspects && haveSame(now, before, 'arguments', 'returns', 'overloads');
  if (now['resource_type'] !== 'model') return aspects;
  return aspects && haveSame(now, before, 'latest_version', 'access', 'deprecation_date');
}

/** Configuration as written, so that a value that only differs by target does not count. */
function isSameConfig(now: Fields, before: Fields): boolean {
  const [mine, theirs] = [mapAt(now, 'unrendered_config'), mapAt(before, 'unrendered_config')];
  const all = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const isTest = now['resource_type'] === 'test';
  const keys = all.filter((key) => (isTest ? TEST_CONFIG.includes(key) : !IGNORED_CONFIG.includes(key)));
  return keys.every((key) => key in mine === key in theirs && isSame(mine[key], theirs[key]));
}

/** Descriptions count where they are written to the database. */
function isSameDescription(now: Fields, before: Fields): boolean {
  const persisted = mapAt(mapAt(now, 'config'), 'persist_docs');
  if (persisted['relation'] && !haveSame(now, before, 'description')) return false;
  return !persisted['columns'] || isSame(columnDescriptions(now), columnDescriptions(before));
}

function columnDescriptions(node: Fields): Fields {
  const columns = Object.keys(mapAt(node, 'columns'));
  return Object.fromEntries(columns.map((name) => [name, mapAt(mapAt(node, 'columns'), name)['description']]));
}

/** Where the node lies in the database, as it was written and not as it came out. */
function isSameRelation(now: Fields, before: Fields): boolean | never {
  if (now['resource_type'] === 'source') {
    return haveSame(now, before, 'unrendered_database', 'unrendered_schema', 'identifier');
  }
  const written = (node: Fields) => mapAt(node, 'unrendered_config');
  return haveSame(written(now), written(before), 'database', 'schema', 'alias');
}

function isSameExposure(now: Fields, before: Fields): boolean {
  const reads = (node: Fields) => [...((mapAt(node, 'depends_on')['nodes'] as readonly string[]) ?? [])].sort();
  return (
    haveSame(now, before, 'fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label') &&
    isSame(reads(now), reads(before)) &&
    isSameConfig(now, before)
  );
}
