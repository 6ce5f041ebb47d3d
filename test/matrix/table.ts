import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Case } from './cases.ts';
import type { Observation } from './observe.ts';

/** By the name of the case. What many cases have in common is written once. */
export function readTable(path: string): Map<string, Observation> {
  if (!existsSync(path)) return new Map();
  const parts = new Map<string, unknown>();
  const table = new Map<string, Observation>();
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const [kind, name, value] = JSON.parse(line) as ['part' | 'case', string, unknown];
    if (kind === 'part') parts.set(name, value);
    else table.set(name, restored(value as object, parts) as unknown as Observation);
  }
  return table;
}

export function tableText(table: ReadonlyMap<string, Observation>, cases: readonly Case[]): string {
  const parts = new Map<string, string>();
  const lines: string[] = [];
  for (const { name } of cases) {
    const found = table.get(name);
    if (found !== undefined) lines.push(JSON.stringify(['case', name, parted(found, parts)]));
  }
  return [...[...parts].map(([hash, text]) => `["part","${hash}",${text}]`), ...lines, ''].join('\n');
}

function parted(value: object, parts: Map<string, string>): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key === 'artifacts') return [key, parted(one as object, parts)];
      if (typeof one !== 'object' || one === null) return [key, one];
      const text = JSON.stringify(one);
      if (text.length < 40) return [key, one];
      const hash = createHash('md5').update(text).digest('hex').slice(0, 10);
      parts.set(hash, text);
      return [key, { part: hash }];
    }),
  );
}

function restored(value: object, parts: ReadonlyMap<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key === 'artifacts') return [key, restored(one as object, parts)];
      const hash = (one as { part?: string } | null)?.part;
      return [key, hash === undefined ? one : parts.get(hash)];
    }),
  );
}
