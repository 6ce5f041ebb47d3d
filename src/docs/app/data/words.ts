/** Numbers and times as people read them. */

export function seconds(value: number): string {
  if (value < 0.0995) return `${Math.round(value * 1000)} ms`;
  if (value < 9.95) return `${value.toFixed(1)} s`;
  if (value < 59.5) return `${Math.round(value)} s`;
  const [whole, rest] = [Math.floor(Math.round(value) / 60), Math.round(value) % 60];
  if (value < 3600) return rest === 0 ? `${whole} min` : `${whole} min ${String(rest).padStart(2, '0')} s`;
  if (value < 86_400 * 2)
    return `${Math.floor(value / 3600)} h ${String(Math.floor((value % 3600) / 60)).padStart(2, '0')} min`;
  return `${Math.floor(value / 86_400)} days`;
}

export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(value: number): string {
  let rest = value;
  let unit = 0;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${rest < 10 && unit > 0 ? rest.toFixed(1) : Math.round(rest)} ${UNITS[unit]}`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `2026-11-22 23:56 UTC`. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function ago(iso: string, now: number): string {
  const past = (now - Date.parse(iso)) / 1000;
  if (!Number.isFinite(past)) return iso;
  return past < 0
    ? `in ${seconds(-past)}`
    : past < 60
      ? 'just now'
      : `${seconds(past).replace(/ \d+ (s|min)$/, '')} ago`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  unit_test: 'unit test',
  semantic_model: 'semantic model',
  saved_query: 'saved query',
  sql_operation: 'operation',
};

export const typeWord = (type: string): string => TYPE_WORDS[type] ?? type.replaceAll('_', ' ');
