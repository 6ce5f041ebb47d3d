import type { Event, Manifest } from '../../model/index.ts';
import { type Boxed, boxedValues, jsonOf, unbox } from './boxed.ts';
import { readChecked, writeChecked } from './checked-file.ts';
import type { Stamps } from './stamps.ts';
import type { VariableHashes } from './variables.ts';

/** What a kept manifest depends on. */
export interface Kept {
  readonly fingerprint: string;
  /** When its files were looked at, milliseconds since 1970. */
  readonly writtenAt: number;
  readonly stamps: Stamps;
  readonly variables: VariableHashes;
}

export interface KeptResult {
  readonly manifest: Manifest;
  readonly warnings: readonly Event[];
  /** The line of its file at which a macro begins, by unique id. */
  readonly macroLines: Readonly<Record<string, number>>;
}

/**
 * The result of the last parse, if `isValid` says that it still holds; undefined where there is none, or none that is
 * sound. The first line of the text tells what it depends on; only if that holds is the rest read.
 */
export function readKeptManifest(path: string, isValid: (kept: Kept) => boolean): KeptResult | undefined {
  const text = readChecked(path);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  if (!isValid(JSON.parse(text.slice(0, end)) as Kept)) return undefined;
  const { boxed, ...result } = JSON.parse(text.slice(end + 1)) as KeptResult & { readonly boxed: readonly Boxed[] };
  unbox(result, boxed);
  return result;
}

/** Throws what the file system throws, such as a full disk or a folder that may not be written. */
export function writeKeptManifest(path: string, kept: Kept, result: KeptResult): void {
  writeChecked(path, `${JSON.stringify(kept)}\n${jsonOf({ boxed: boxedValues(result), ...result })}`);
}
