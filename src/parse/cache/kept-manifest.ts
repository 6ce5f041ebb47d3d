import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event, Manifest } from '../../model/index.ts';
import { type Boxed, boxedValues, jsonOf, unbox } from './boxed.ts';
import type { Stamps } from './stamps.ts';
import type { VariableHashes } from './variables.ts';

/** What one parse leaves for the next. */
export interface Kept {
  readonly fingerprint: string;
  /** When it was written, milliseconds since 1970. */
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

const HEAD = 'tsdbt parse cache';
const FILE = 'manifest.cache';

/** The folder of a project's parse cache. */
export class ParseCache {
  readonly #folder: string;

  constructor(statePath: string) {
    this.#folder = join(statePath, 'parse');
  }

  /**
   * What the last parse left, if `isValid` says that it still holds; undefined where there is nothing, or nothing sound.
   * The first line tells what it is and the sum of the rest, the second what it depends on; only then comes the manifest.
   */
  read(isValid: (kept: Kept) => boolean): KeptResult | undefined {
    const text = this.#text();
    if (text === undefined) return undefined;
    const [head = '', facts = ''] = text.split('\n', 2);
    const start = head.length + facts.length + 2;
    if (!head.startsWith(`${HEAD} `) || start > text.length) return undefined;
    try {
      if (!isValid(JSON.parse(facts) as Kept)) return undefined;
      const body = text.slice(start);
      if (head !== headOf(facts, body)) return undefined;
      const { boxed, ...result } = JSON.parse(body) as KeptResult & { readonly boxed: readonly Boxed[] };
      unbox(result, boxed);
      return result;
    } catch (error) {
      // A damaged file is as good as none.
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Throws what the file system throws, such as a full disk or a folder that may not be written. */
  write(kept: Kept, result: KeptResult): void {
    const facts = JSON.stringify(kept);
    const body = jsonOf({ boxed: boxedValues(result), ...result });
    const path = join(this.#folder, FILE);
    const beside = `${path}.${process.pid}`;
    mkdirSync(this.#folder, { recursive: true });
    try {
      writeFileSync(beside, `${headOf(facts, body)}\n${facts}\n${body}`);
      renameSync(beside, path);
    } finally {
      rmSync(beside, { force: true });
    }
  }

  #text(): string | undefined {
    try {
      return readFileSync(join(this.#folder, FILE), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  }
}

function headOf(facts: string, body: string): string {
  return `${HEAD} ${createHash('sha1').update(facts).update(body).digest('hex')}`;
}
