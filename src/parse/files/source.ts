import { readFileSync, statSync } from 'node:fs';
import { sha256 } from '../digest.ts';
import type { FileEntry } from './discover.ts';
import { leadingSpace, squeezed, stripped } from './text.ts';

export interface Checksum {
  readonly name: string;
  readonly checksum: string;
}

/** A file as dbt keeps it: text without white space at both ends, and the hash of that text. */
export interface Source {
  readonly entry: FileEntry;
  readonly text: string;
  /** Lines of white space cut off in front: a line of `text` is this much further down in the file. */
  readonly skippedLines: number;
  readonly checksum: Checksum;
}

export const NO_CHECKSUM: Checksum = { name: 'none', checksum: '' };

export function readSource(entry: FileEntry): Source {
  return sourceOf(entry, readText(entry.absolute));
}

export function sourceOf(entry: FileEntry, contents: string): Source {
  const text = stripped(contents);
  const skippedLines = contents.slice(0, leadingSpace(contents)).split('\n').length - 1;
  return { entry, text, skippedLines, checksum: { name: 'sha256', checksum: sha256(squeezed(text)) } };
}

/** A seed's hash. Over the limit (MiB; 0 for none) the path stands for the contents, as in dbt. */
export function seedChecksum(entry: FileEntry, limitMiB: number): Checksum {
  const size = statSync(entry.absolute).size;
  if (limitMiB !== 0 && size > limitMiB * 1024 * 1024) return { name: 'path', checksum: entry.file };
  return { name: 'sha256', checksum: sha256(stripped(oneLineEnd(readText(entry.absolute)))) };
}

/** Text as it stands in the file: dbt keeps its line ends, too. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

/** Every line end a newline, as Python opens a text. */
export function oneLineEnd(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
