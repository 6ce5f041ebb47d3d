import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTsdbtError, type TsdbtError } from '../../src/error/index.ts';
import { mutated, random } from './mutate.ts';
import { parseFolder } from './project.ts';

export interface Outcome {
  readonly state: 'parsed' | 'refused' | 'no place' | 'crashed' | 'slow';
  readonly text: string;
}

interface Base {
  readonly folder: string;
  readonly files: readonly string[];
}

const SLOW_SECONDS = 60;

/** Projects in which one to three files are changed at a time, and put right again. The same number makes the same changes. */
export class Mutations {
  readonly #bases: readonly Base[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsdbt-mutated-'));

  constructor(sources: readonly string[]) {
    this.#bases = sources.map((source, i) => {
      const folder = join(this.#folder, String(i));
      cpSync(source, folder, {
        recursive: true,
        dereference: true,
        filter: (path) => !/\/(\.tsdbt|target|logs)(\/|$)/.test(path),
      });
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      return { folder, files: files.filter((file) => /\.(sql|ya?ml|csv|md)$/.test(file)).sort() };
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  async try(seed: number): Promise<Outcome> {
    const next = random(seed);
    const base = this.#bases[Math.floor(next() * this.#bases.length)] as Base;
    const before = new Map<string, string>();
    for (let n = 1 + Math.floor(next() * 3); n > 0; n--) {
      const path = join(base.folder, base.files[Math.floor(next() * base.files.length)] ?? '');
      const text = readFileSync(path, 'utf8');
      if (!before.has(path)) before.set(path, text);
      writeFileSync(path, mutated(text, next));
    }
    const began = performance.now();
    try {
      const outcome = await outcomeOf(base.folder);
      const seconds = (performance.now() - began) / 1000;
      return seconds > SLOW_SECONDS ? { state: 'slow', text: `${seconds} s` } : outcome;
    } finally {
      for (const [path, text] of before) writeFileSync(path, text);
    }
  }
}

async function outcomeOf(folder: string): Promise<Outcome> {
  try {
    await parseFolder(folder);
    return { state: 'parsed', text: '' };
  } catch (error) {
    if (!isTsdbtError(error))
      return { state: 'crashed', text: error instanceof Error ? (error.stack ?? '') : String(error) };
    const problems: readonly TsdbtError[] = error.problems.length > 0 ? error.problems : [error];
    const lost = problems.filter((problem) => problem.at === undefined);
    if (lost.length === 0) return { state: 'refused', text: '' };
    return { state: 'no place', text: lost.map(({ code, message }) => `${code} ${message}`).join('\n') };
  }
}
