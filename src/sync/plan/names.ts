import { createHash } from 'node:crypto';

/** A table of Postgres by schema and name, unquoted. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Postgres cuts longer identifiers off without an error. */
const NAME_BYTES = 63;

/** The one place where an identifier becomes SQL of Postgres. Always quoted: no list of reserved words to keep. */
export function quoteName(name: string | TableName): string {
  if (typeof name !== 'string') return `${quoteName(name.schema)}.${quoteName(name.name)}`;
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant of Postgres; backslashes mean themselves (standard_conforming_strings is on). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The one place where an identifier becomes SQL of ClickHouse. */
export function quoteColumn(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** A string constant of ClickHouse. */
export function quoteValue(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `stem + suffix` within the limit; a stem that must be cut keeps its identity through a hash. */
export function fitName(stem: string, suffix: string): string {
  if (Buffer.byteLength(stem + suffix) <= NAME_BYTES) return stem + suffix;
  const hash = createHash('sha256').update(stem).digest('hex').slice(0, 8);
  const room = NAME_BYTES - Buffer.byteLength(suffix) - hash.length - 1;
  return `${cutBytes(stem, room)}_${hash}${suffix}`;
}

function cutBytes(text: string, bytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > bytes) cut = [...cut].slice(0, -1).join('');
  return cut;
}

const MARK = '__tsdbt_';

/** Name of the table that a sync of `target` loads in the run `invocationId`. */
export function temporaryName(target: TableName, invocationId: string): TableName {
  return { schema: target.schema, name: fitName(target.name, temporaryMark(invocationId)) };
}

/** What tells the names of one run from all others. */
export function temporaryMark(invocationId: string): string {
  return MARK + runMark(invocationId);
}

/** The first digits of an invocation id, which is a UUID; anything else is hashed. */
function runMark(invocationId: string): string {
  const digits = invocationId.toLowerCase().replaceAll('-', '').slice(0, 12);
  return /^[0-9a-f]{12}$/.test(digits) ? digits : createHash('sha256').update(invocationId).digest('hex').slice(0, 12);
}

/** A regular expression of Postgres for every name that `temporaryName` may give for `target`, and nothing else. */
export function temporaryPattern(target: TableName): string {
  const stem = fitName(target.name, `${MARK}${'0'.repeat(12)}`).slice(0, -(MARK.length + 12));
  return `^${stem.replace(/[^\w]/g, (c) => `\\${c}`)}${MARK}[0-9a-f]{12}$`;
}
