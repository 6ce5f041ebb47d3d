import type { Dialect } from '../../context/index.ts';
import type { Flags } from '../../model/index.ts';
import { type DataMap, PlainDate } from '../../util/data.ts';
import { sameName } from '../found.ts';
import type { Problems } from '../problems.ts';
import type { Draft, Found } from '../types.ts';

/** What can only be said once all nodes are known: no two relations of one name, sound snapshots and batches, plain names. */
export function checkNodes(found: Found, flags: Flags, quoting: DataMap, dialect: Dialect, problems: Problems): void {
  checkRelations(found, quoting, dialect, problems);
  for (const draft of found.nodes.values()) {
    if (draft.node.resource_type === 'snapshot') addAll(draft, snapshotProblems(draft.node.config), problems);
    if (isMicrobatch(draft)) {
      addAll(draft, batchProblems(draft), problems);
      draft.node.config = { ...draft.node.config, begin: moment(draft.node.config.begin) };
    }
  }
  checkSpaces(found, flags, problems);
}

const RELATIONS = new Set(['model', 'seed', 'snapshot']);

function checkRelations(found: Found, quoting: DataMap, dialect: Dialect, problems: Problems): void {
  const byRelation = new Map<string, Draft>();
  const byName = new Map<string, Draft>();
  for (const draft of found.nodes.values()) {
    const { node } = draft;
    if (!RELATIONS.has(node.resource_type) && node.relation_name === null) continue;
    const parts = { database: node.database, schema: node.schema, identifier: node.alias, quoting };
    const relation = node.relation_name ?? dialect.renderRelation(parts);
    const other = byRelation.get(relation);
    if (other !== undefined) {
      problems.add({
        code: 'TSD1102',
        message: `dbt found two resources with the database representation "${relation}": ${shown(other)} and ${shown(draft)}`,
        at: placeOf(draft),
        hint: 'give one of them another alias or schema',
      });
    }
    byRelation.set(relation, draft);
    checkVersioned(draft, byName, problems);
  }
}

/** A model with versions and one without cannot share a name. */
function checkVersioned(draft: Draft, byName: Map<string, Draft>, problems: Problems): void {
  const { node } = draft;
  if (node.resource_type !== 'model') return;
  const key = `${node.package_name}.${node.name}`;
  const other = byName.get(key)?.node;
  if (other?.resource_type === 'model' && (other.version === null) !== (node.version === null)) {
    problems.add(sameName(node, other, placeOf(draft)));
  }
  byName.set(key, draft);
}

function* snapshotProblems(config: Readonly<Record<string, unknown>>): Generator<string> {
  const { strategy, unique_key, check_cols, updated_at, materialized } = config;
  if (!strategy || !unique_key) yield "Snapshots must be configured with a 'strategy' and 'unique_key'.";
  else if (strategy === 'check') {
    if (!check_cols) yield 'A snapshot configured with the check strategy must specify a check_cols configuration.';
    else if (typeof check_cols === 'string' && check_cols !== 'all') {
      yield `Invalid value for 'check_cols': ${check_cols}. Expected 'all' or a list of strings.`;
    }
  } else if (strategy === 'timestamp') {
    if (!updated_at) {
      yield 'A snapshot configured with the timestamp strategy must specify an updated_at configuration.';
    } else if (check_cols) yield "A 'timestamp' snapshot should not have 'check_cols'";
  }
  if (materialized && materialized !== 'snapshot') yield "A snapshot must have a materialized value of 'snapshot'";
}

const SIZES = ['hour', 'day', 'month', 'year'];

function isMicrobatch({ node }: Draft): boolean {
  return node.config.materialized === 'incremental' && node.config.incremental_strategy === 'microbatch';
}

/** A day is its midnight, as in dbt's manifest. */
function moment(begin: unknown): unknown {
  const text = begin instanceof PlainDate ? begin.iso : begin;
  if (typeof text !== 'string') return begin;
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text.replace(' ', 'T');
}

function* batchProblems({ node }: Draft): Generator<string> {
  const { event_time, begin, batch_size } = node.config;
  const start = `Microbatch model '${node.name}' must provide`;
  if (typeof event_time !== 'string') {
    yield `${start} an 'event_time' (string) config that indicates the name of the event time column.`;
  }
  if (begin === null || begin === undefined) {
    yield `${start} a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.`;
  } else if (Number.isNaN(Date.parse(String(moment(begin))))) {
    yield `${start} a 'begin' config of valid datetime (ISO format), but got: ${String(begin)}.`;
  }
  if (!SIZES.includes(String(batch_size))) {
    yield `${start} a 'batch_size' config that is one of [${SIZES.map((size) => `'${size}'`).join(', ')}], but got: ${String(batch_size ?? 'None')}.`;
  }
}

function checkSpaces(found: Found, flags: Flags, problems: Problems): void {
  const spaced = [...found.nodes.values()].filter(({ node }) => node.name.includes(' '));
  for (const draft of spaced) {
    if (flags.require_resource_names_without_spaces !== false) {
      problems.add({
        code: 'TSD1101',
        message: `Resource names cannot contain spaces: ${shown(draft)}`,
        at: placeOf(draft),
      });
    } else {
      problems.warn({
        name: 'SpacesInResourceNameDeprecation',
        data: { unique_id: draft.node.unique_id, level: 'warn' },
      });
    }
  }
}

function addAll(draft: Draft, messages: Iterable<string>, problems: Problems): void {
  for (const message of messages)
    problems.add({ code: 'TSD1101', message: `${draft.node.unique_id}: ${message}`, at: placeOf(draft) });
}

function placeOf({ origin }: Draft) {
  return { file: origin.file, line: origin.linesBefore + 1, col: 0 };
}

function shown({ node }: Draft): string {
  return `${node.unique_id} (${node.original_file_path})`;
}
