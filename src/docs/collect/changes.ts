import type { ChangesData, ChangeView } from '../format/operations.ts';
import { type Loose, record, text } from './loose.ts';
import { type Resource, resourcesOf } from './resources.ts';

/** This project against another manifest of it: what is new, gone, changed and why, and how far it reaches. */
export function changesOf(state: unknown, now: readonly Resource[]): ChangesData | undefined {
  if (state === undefined) return undefined;
  const before = new Map(resourcesOf({ manifest: state }).map((one) => [one.id, one]));
  const after = new Map(now.filter(({ type }) => type !== 'sync').map((one) => [one.id, one]));
  const children = new Map<string, string[]>();
  for (const { id, parents } of now)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), id]);
  const modified = [...after.values()].flatMap((one): ChangeView[] => {
    const old = before.get(one.id);
    if (old === undefined) return [];
    const reasons = reasonsOf(old.node, one.node);
    if (reasons.length === 0) return [];
    return [{ id: one.id, reasons, ...columnChanges(old.node, one.node), reach: below([one.id], children).size }];
  });
  const added = [...after.keys()].filter((id) => !before.has(id));
  const changed = new Set([...added, ...modified.map(({ id }) => id)]);
  return {
    added,
    removed: [...before.keys()].filter((id) => !after.has(id)),
    modified: modified.sort((a, b) => b.breaking.length - a.breaking.length || b.reach - a.reach),
    reached: [...below([...changed], children)].filter((id) => !changed.has(id)),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function reasonsOf(old: Loose, one: Loose): string[] {
  const reasons: string[] = [];
  const code = (node: Loose): string => text(node['raw_code'] ?? node['macro_sql']);
  if (code(old) !== code(one)) reasons.push('code');
  else if (!same(record(old['checksum'])['checksum'], record(one['checksum'])['checksum'])) reasons.push('file');
  if (!same(old['unrendered_config'], one['unrendered_config'])) reasons.push('configuration');
  if (!same(old['relation_name'], one['relation_name'])) reasons.push('name in the database');
  if (text(old['description']) !== text(one['description'])) reasons.push('description');
  if (!same(names(old), names(one))) reasons.push('columns');
  if (!same(record(old['contract'])['checksum'], record(one['contract'])['checksum'])) reasons.push('contract');
  return reasons;
}

const names = (node: Loose): [string, string][] =>
  Object.values(record(node['columns']))
    .map(record)
    .map((one) => [text(one['name']), text(one['data_type'])]);

function columnChanges(old: Loose, one: Loose): { breaking: string[]; safe: string[] } {
  const was = new Map(names(old));
  const is = new Map(names(one));
  const breaking: string[] = [];
  const safe: string[] = [];
  for (const [name, type] of was) {
    const now = is.get(name);
    if (now === undefined) breaking.push(`${name} is gone`);
    else if (type !== '' && now !== '' && now !== type) breaking.push(`${name}: ${type} is now ${now}`);
  }
  for (const name of is.keys()) if (!was.has(name)) safe.push(`${name} is new`);
  return { breaking, safe };
}

function below(from: readonly string[], children: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const pending = [...from];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const child of children.get(one) ?? []) {
      if (found.has(child)) continue;
      found.add(child);
      pending.push(child);
    }
  }
  return found;
}
