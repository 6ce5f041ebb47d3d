import { createHash } from 'node:crypto';
import type { CheckInput, Finding, TypedNode } from '../types.ts';

/** What was found for a node, under a key of everything it was found from. */
export interface Remembered extends TypedNode {
  readonly findings: readonly Finding[];
  /** Statements that make its shadow. */
  readonly shadow: readonly string[];
  /** Files that findings point into, by `package:path`, with what they held: places are only true there. */
  readonly files: Readonly<Record<string, string>>;
}

/** What earlier runs found. */
export interface Memo {
  get(key: string): Remembered | undefined;
  set(key: string, found: Remembered): void;
}

/** A short text for equal values; keys of objects count in the order they have. */
export function fingerprint(...values: readonly unknown[]): string {
  return createHash('sha1')
    .update(JSON.stringify(values, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
    .digest('base64url');
}

/** Whether the files that findings point into are as they were. */
export function placesHold({ files }: Remembered, readFile: CheckInput['readFile']): boolean {
  return Object.entries(files).every(([key, held]) => fingerprintOfFile(key, readFile) === held);
}

export function filesOf(
  findings: readonly Finding[],
  readFile: CheckInput['readFile'],
): Readonly<Record<string, string>> {
  const keys = new Set(findings.map(({ uniqueId, at }) => `${uniqueId.split('.')[1]}:${at.file}`));
  return Object.fromEntries([...keys].map((key) => [key, fingerprintOfFile(key, readFile)]));
}

function fingerprintOfFile(key: string, readFile: CheckInput['readFile']): string {
  const colon = key.indexOf(':');
  return fingerprint(readFile(key.slice(0, colon), key.slice(colon + 1)) ?? null);
}
