import { createHash } from 'node:crypto';
import { type Data, type DataMap, isDataMap, WholeFloat } from '../../util/data.ts';
import type { PackageSpec } from './specs.ts';

/** dbt's hash of what packages.yml says: while it stays the same, so does the lock file. */
export function specsHash(specs: readonly PackageSpec[]): string {
  const texts = specs.map((spec) => pythonJson(fieldsOf(spec))).sort((a, b) => (a < b ? -1 : 1));
  return createHash('sha1').update(texts.join('\n')).digest('hex');
}

/** An entry with dbt's fields and their defaults. */
function fieldsOf({ kind, written }: PackageSpec): DataMap {
  const unrendered = { unrendered: written };
  if (kind === 'hub') return { install_prerelease: false, ...written, ...unrendered };
  const checkout = { revision: null, subdirectory: null, 'warn-unpinned': null };
  if (kind === 'git') return { ...checkout, ...written, ...unrendered };
  if (kind === 'private') return { provider: null, ...checkout, ...written, ...unrendered };
  return { ...written, ...unrendered };
}

/** As Python's json.dumps with sorted keys. */
function pythonJson(value: Data): string {
  if (value instanceof WholeFloat) return `${value.value}.0`;
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isDataMap(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${pythonJson(key)}: ${pythonJson(value[key] ?? null)}`).join(', ')}}`;
  }
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One installed package as package-lock.yml shows it. */
export type LockEntry = Readonly<Record<string, string>>;

/** The file as dbt writes it: keys in order, plain text where YAML allows. */
export function lockText(entries: readonly LockEntry[], hash: string): string {
  const lines = entries.map((entry) => {
    const fields = Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
    return fields.map(([key, value], index) => `  ${index === 0 ? '-' : ' '} ${key}: ${scalar(value)}\n`).join('');
  });
  return `packages:\n${lines.join('')}sha1_hash: ${scalar(hash)}\n`;
}

const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const PLAIN = /^(?:[A-Za-z.][\w./:@+~-]*|\d+\.\d+\.\d+[\w.+-]*|\d+[a-f][0-9a-f]*)$/;

/** Quoted where YAML would take the text for something else. */
function scalar(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) && !/^\.+\d*$|:$/.test(text) ? text : JSON.stringify(text);
}
