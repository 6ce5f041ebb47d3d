import type { Data, DataMap } from '../../util/data.ts';
import { isDataMap } from '../../util/data.ts';
import { md5 } from '../digest.ts';
import { pyRepr, pyStr } from '../python.ts';

export interface TestName {
  /** For file and alias: below 64 characters. */
  readonly short: string;
  /** For unique id and fqn. */
  readonly full: string;
}

const LONGEST = 64;
const KEPT = 30;

/** The name dbt makes for a generic test: kind, what it is on, then its arguments in order of their names. */
export function synthesizedName(kind: string, target: string, args: DataMap): TestName {
  const flat = Object.keys(args)
    .sort()
    .filter((name) => name !== 'model')
    .flatMap((name) => partsOf(args[name] ?? null))
    .map((part) => pyStr(part).replace(/[^0-9a-zA-Z_]+/g, '_'));
  const start = `${kind}_${target}`;
  const full = `${start}_${flat.join('__')}`;
  return { full, short: full.length < LONGEST ? full : `${start.slice(0, KEPT)}_${md5(full)}` };
}

function partsOf(value: Data): readonly Data[] {
  if (Array.isArray(value)) return value;
  return isDataMap(value) ? Object.values(value) : [value];
}

const HASH_LENGTH = 10;

/** The end of a generic test's unique id: a hash over its name, kind and arguments as Python prints them. */
export function testHash(name: string, metadata: DataMap): string {
  return md5(name + pyRepr(hashable(metadata))).slice(-HASH_LENGTH);
}

function hashable(value: Data): Data {
  if (Array.isArray(value)) return value.map(hashable);
  if (!isDataMap(value)) return pyStr(value);
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, hashable(value[key] ?? null)]));
}
