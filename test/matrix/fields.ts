import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfDbtAlone } from './differences.ts';
import { filesBelow, maskTexts } from './observe.ts';
import { FIELD_REASONS } from './reasons.ts';

/** Of each event in dbt.log its name, level, and each field of its data with the value, a line each; without doubles. */
export function fieldsIn(folder: string): readonly string[] {
  const lines = new Set<string>();
  for (const path of filesBelow(folder).filter((one) => /dbt\.log(?:\.\d+)?$/.test(one))) {
    for (const line of readFileSync(join(folder, path), 'utf8').split('\n')) {
      if (!line.startsWith('{')) continue;
      const { data, info } = JSON.parse(maskTexts(line, folder)) as Logged;
      if (isOfDbtAlone(`${info.code} ${info.name}`)) continue;
      for (const field of fieldsOf(data, '')) lines.add(`${info.name} (${info.level})${field}`);
    }
  }
  return [...lines].sort();
}

interface Logged {
  readonly data: Readonly<Record<string, unknown>>;
  readonly info: { readonly name: string; readonly level: string; readonly code: string };
}

/** Fields that are another's at each run, or on each machine. */
const MASKED =
  /^(?:execution_time|elapsed|elapsed_time|execution|thread_id|completed_at|stat_line|exc|base_msg|path|process_\w+)$/;

function fieldsOf(value: unknown, path: string, key = ''): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${path}[]`] : value.flatMap((one) => fieldsOf(one, `${path}[]`, key));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0
      ? [`${path}.{}`]
      : entries.flatMap(([name, one]) => fieldsOf(one, `${path}.${name}`, name));
  }
  return [`${path}=${MASKED.test(key) ? typeof value : JSON.stringify(value)}`];
}

/** Fields that one has and the other has not, or with another value, and for no good reason. */
export function fieldDifferences(expected: readonly string[], found: readonly string[]): string[] {
  const [wanted, have] = [new Set(expected), new Set(found)];
  const lines = [
    ...expected.filter((line) => !have.has(line)).map((line) => `- ${line}`),
    ...found.filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
  ];
  return lines.filter((line) => !FIELD_REASONS.some((reason) => reason.lines.test(line)));
}

/** A table of fields by case: each line is written once, with the numbers of the cases that have it. */
export function fieldsText(byCase: Readonly<Record<string, readonly string[]>>): string {
  const names = Object.keys(byCase);
  const holders = new Map<string, number[]>();
  for (const [number, name] of names.entries()) {
    for (const line of byCase[name] ?? []) holders.set(line, [...(holders.get(line) ?? []), number]);
  }
  const lines = [...holders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, numbers]) => `${numbers.join(',')} ${line}`);
  return [...names, '', ...lines, ''].join('\n');
}

export function readFields(text: string): ReadonlyMap<string, readonly string[]> {
  const [head = '', body = ''] = text.split('\n\n');
  const names = head.split('\n');
  const table = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const line of body.trimEnd().split('\n')) {
    const at = line.indexOf(' ');
    for (const number of line.slice(0, at).split(',')) table.get(names[Number(number)] ?? '')?.push(line.slice(at + 1));
  }
  return table;
}
