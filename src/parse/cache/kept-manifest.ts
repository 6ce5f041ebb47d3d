import type { Event, Manifest, ManifestText } from '../../model/index.ts';
import { parsePythonJson } from '../../util/python-json.ts';
import type { Counts } from '../manifest/counts.ts';
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

/** What a parse found but the manifest itself: small, and all that some commands ask for. */
export interface Summary {
  readonly warnings: readonly Event[];
  readonly counts: Counts;
  /** semantic_manifest.json. */
  readonly semantics: string;
  /** Whether any model has a deprecation date. */
  readonly hasDeprecations: boolean;
}

export interface KeptResult {
  readonly summary: Summary;
  readonly text: ManifestText;
  /** The line of its file at which a macro begins, by unique id. */
  readonly macroLines: Readonly<Record<string, number>>;
  /** The manifest without what is this invocation's own. Read when it is asked for. */
  manifest(): Manifest;
}

export interface WritableResult extends KeptResult {
  /** What reading the text again would lose. */
  readonly boxed: readonly Boxed[];
}

/** What is kept of a manifest beside its text. */
interface Beside {
  readonly boxed: readonly Boxed[];
  readonly warningsBoxed: readonly Boxed[];
  readonly macroLines: Readonly<Record<string, number>>;
}

/**
 * The result of the last parse, if `isValid` says that it still holds; undefined where there is none, or none that is
 * sound. The first line of the text tells what it depends on; only if that holds is the rest read.
 */
export function readKeptManifest(path: string, isValid: (kept: Kept) => boolean): KeptResult | undefined {
  const [keptText, summaryText, besideText, before, after] = readChecked(path) ?? [];
  if (!keptText || !summaryText || !besideText || !before || !after) return undefined;
  if (!isValid(JSON.parse(keptText.toString()) as Kept)) return undefined;
  const { boxed, warningsBoxed, macroLines } = JSON.parse(besideText.toString()) as Beside;
  const summary = JSON.parse(summaryText.toString()) as Summary;
  unbox(summary.warnings, warningsBoxed);
  return { summary, text: { before, after }, macroLines, manifest: () => manifestOf({ before, after }, boxed) };
}

function manifestOf({ before, after }: ManifestText, boxed: readonly Boxed[]): Manifest {
  const utf8 = new TextDecoder();
  const text = `{"metadata":null,${utf8.decode(before)},"selectors":null,${utf8.decode(after)}}`;
  const manifest = parsePythonJson(text) as Manifest;
  unbox(manifest, boxed);
  return manifest;
}

/** Throws what the file system throws, such as a full disk or a folder that may not be written. */
export function writeKeptManifest(
  path: string,
  kept: Kept,
  { summary, text, macroLines, boxed }: WritableResult,
): void {
  const beside: Beside = { boxed, warningsBoxed: boxedValues(summary.warnings), macroLines };
  const head = [kept, summary, beside].map((part) => Buffer.from(jsonOf(part)));
  writeChecked(path, [...head, text.before, text.after]);
}
