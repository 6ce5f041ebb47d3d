import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { readYaml } from '../../util/yaml.ts';
import { EVENT_NAMES } from './event-names.ts';
import type { FlagSpec } from './table.ts';

const TRUE = ['1', 'true', 't', 'yes', 'y', 'on'];
const FALSE = ['0', 'false', 'f', 'no', 'n', 'off'];

/** The value of a flag from text or data. `source` names where it stands, such as `--threads` or `DBT_DEBUG`. Throws TSD9001. */
export function convertFlag(spec: FlagSpec, value: Data, source: string): Data {
  switch (spec.kind) {
    case 'boolean':
      return toBoolean(value, source);
    case 'integer':
      return toInteger(value, source);
    case 'choice':
      return toChoice(spec, value, source);
    case 'list':
      return toList(spec, value, source);
    case 'yaml':
      return toMap(value, source);
    case 'warn-error-options':
      return warnErrorOptions(toMap(value, source), source);
    case 'timestamp':
      return toTimestamp(value, source);
    default:
      return value === null ? null : String(value);
  }
}

function toBoolean(value: Data, source: string): boolean | null {
  if (typeof value === 'boolean' || value === null) return value;
  const text = String(value).trim().toLowerCase();
  if (TRUE.includes(text)) return true;
  if (FALSE.includes(text)) return false;
  throw invalid(source, `'${String(value)}' is not a valid boolean.`);
}

function toInteger(value: Data, source: string): number | null {
  if (value === null) return null;
  const text = String(value).trim();
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw invalid(source, `'${String(value)}' is not a valid integer.`);
}

function toChoice({ choices = [] }: FlagSpec, value: Data, source: string): string {
  const found = choices.find((choice) => choice === String(value).toLowerCase());
  if (found !== undefined) return found;
  throw invalid(source, `'${String(value)}' is not one of ${choices.map((choice) => `'${choice}'`).join(', ')}.`);
}

/** Words may stand with spaces between them in one text, as an environment variable has them. */
function toList(spec: FlagSpec, value: Data, source: string): readonly string[] {
  const items = Array.isArray(value) ? value.map(String) : [String(value ?? '')];
  const words = items.flatMap((item) => item.split(/\s+/)).filter((item) => item !== '');
  return spec.choices === undefined ? words : words.map((word) => toChoice(spec, word, source));
}

function toMap(value: Data, source: string): DataMap {
  if (isDataMap(value)) return value;
  const data = readYaml(String(value), source).data;
  if (isDataMap(data)) return data;
  throw new TsdbtError({
    code: 'TSD9001',
    message: `The ${source} argument must be a YAML dictionary, but was of type '${typeName(data)}'`,
  });
}

function typeName(data: Data): string {
  if (data === null) return 'NoneType';
  if (Array.isArray(data)) return 'list';
  return typeof data === 'boolean' ? 'bool' : typeof data === 'number' ? 'int' : 'str';
}

/** dbt's old names `include` and `exclude` mean `error` and `warn`. */
function warnErrorOptions(given: DataMap, source: string): DataMap {
  for (const [name, old] of [
    ['error', 'include'],
    ['warn', 'exclude'],
  ] as const) {
    if (given[name] && given[old]) {
      throw invalid(source, `Only \`${old}\` or \`${name}\` can be specified in \`warn_error_options\`, not both`);
    }
  }
  for (const names of [given['error'] ?? given['include'], given['warn'] ?? given['exclude'], given['silence']]) {
    const unknown = [names ?? []].flat().find((name) => !EVENT_NAMES.has(String(name)));
    if (unknown !== undefined) throw invalid(source, `there is no event called '${String(unknown)}'.`);
  }
  return {
    error: given['error'] ?? given['include'] ?? [],
    warn: given['warn'] ?? given['exclude'] ?? [],
    silence: given['silence'] ?? [],
  };
}

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d))?$/;

/** The three forms that dbt takes; without a time it is midnight. */
function toTimestamp(value: Data, source: string): string | null {
  if (value === null) return null;
  const match = TIMESTAMP.exec(String(value));
  if (match === null || Number.isNaN(Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`))) {
    throw invalid(
      source,
      `'${String(value)}' does not match the formats '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'.`,
    );
  }
  return `${match[1]}T${match[2] ?? '00:00:00'}`;
}

function invalid(source: string, message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD9001', message: `Invalid value for '${source}': ${message}` });
}
