import { TsdbtError } from '../../error/index.ts';
import type { ColumnInfo } from '../../model/index.ts';
import { type Data, type DataMap, PlainDate } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import { accessOf, configure, type PropertiesConfig } from '../nodes/configure.ts';
import { applyConstraints } from '../nodes/constraints.ts';
import type { Draft } from '../types.ts';
import { columnsOf } from './columns.ts';
import type { Properties } from './properties.ts';
import type { Entry } from './schema-file.ts';
import { fileId } from './schema-file.ts';
import { timeSpine } from './time-spine.ts';
import { maps, textOr, textOrNull } from './values.ts';

/** What properties YAML says of one node, or of one version of a model. */
export interface Patch {
  readonly entry: Entry;
  readonly name: string;
  readonly description: string;
  readonly columns: Record<string, ColumnInfo>;
  readonly config: PropertiesConfig;
  /** At the top of a version; elsewhere it is part of `config`. */
  readonly access: Data;
  readonly constraints: readonly DataMap[];
  readonly version: string | number | null;
  readonly latestVersion: string | number | null;
  readonly deprecationDate: string | null;
  readonly timeSpine: Data;
}

export function patchOf(properties: Properties): Patch {
  const { data, entry } = properties;
  return {
    entry,
    name: properties.name,
    description: textOr(data.description, ''),
    columns: columnsOf(maps(data.columns)),
    config: properties.config,
    access: null,
    constraints: maps(data.constraints),
    version: null,
    latestVersion: null,
    deprecationDate: dateOf(data.deprecation_date ?? null),
    // A version is no time spine, and has columns of its own.
    timeSpine: maps(data.versions).length === 0 ? timeSpine(data.time_spine ?? null, properties) : null,
  };
}

/** Lays the properties under the node's own configuration and copies the rest. A node takes them once. */
export function applyPatch(draft: Draft, patch: Patch, configs: Configs): void {
  const { node } = draft;
  if (node.patch_path !== null) throw twice(patch, node.patch_path);
  node.patch_path = fileId(patch.entry.file);
  node.description = patch.description;
  node.columns = patch.columns;
  node.name = patch.name;
  if (node.resource_type === 'model') {
    node.version = patch.version;
    node.latest_version = patch.latestVersion;
    node.deprecation_date = patch.deprecationDate;
    if (patch.access !== null) node.access = accessOf(node.unique_id, patch.access);
    node.time_spine = patch.timeSpine;
  }
  if (patch.version !== null || Object.keys(patch.config.rendered).length > 0) configure(draft, configs, patch.config);
  if (node.resource_type === 'model') applyConstraints(node, patch.constraints);
}

function twice(patch: Patch, existing: string): TsdbtError {
  const [, before = existing] = existing.split('://');
  const here = patch.entry.file.entry.file;
  const fix = here === before ? `remove one of the resource entries for ${patch.name} in this file` : '';
  return new TsdbtError({
    code: 'TSD1102',
    message: `dbt found two schema.yml entries for the same resource named ${patch.name}. Resources and their associated columns may only be described a single time.`,
    at: patch.entry.file.at(patch.entry.path),
    hint: fix || `remove the resource entry for ${patch.name} in one of these files: ${here}, ${before}`,
  });
}

/** A date is midnight in the zone of this machine, as in dbt; a moment keeps its own. */
export function dateOf(value: Data): string | null {
  const text = value instanceof PlainDate ? value.iso : textOrNull(value);
  if (text === null) return null;
  if (/[zZ]|[+-]\d\d:?\d\d$/.test(text)) return text.replace(' ', 'T').replace(/[zZ]$/, '+00:00');
  const [day = '', time = '00:00:00'] = text.split(/[ T]/);
  const local = new Date(`${day}T${time}`);
  if (Number.isNaN(local.getTime())) {
    throw new TsdbtError({ code: 'TSD1101', message: `'${text}' is no date`, hint: 'write it as 2030-12-31' });
  }
  const minutes = -local.getTimezoneOffset();
  const two = (part: number): string => String(Math.trunc(part)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${day}T${time}${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
