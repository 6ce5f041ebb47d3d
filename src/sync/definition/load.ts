import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import { plainNumbers, yamlFilesIn } from '../../util/definitions.ts';
import { readYaml, type YamlFile } from '../../util/yaml.ts';
import { quoteName } from '../plan/names.ts';
import type { SyncDefinition } from '../types.ts';
import { readersTable } from './reads.ts';
import { entryProblems, resolveEntry } from './resolve.ts';
import { type SyncEntry, syncFileSchema } from './schema.ts';

export interface LoadedSyncs {
  readonly syncs: readonly SyncDefinition[];
  /** Every mistake of every file, each with its place. */
  readonly problems: readonly TsdbtError[];
}

/** Reads all definitions of a folder, in the order of file names but that a table is looked up after it is synced; a folder that is missing holds none. `shownDir` begins the paths in errors. */
export async function loadSyncs(dir: string, shownDir: string = dir): Promise<LoadedSyncs> {
  const names = await yamlFilesIn(dir);
  if (names.length === 0) return { syncs: [], problems: [] };
  const { z } = await import('zod');
  const schema = syncFileSchema(z);
  const syncs: SyncDefinition[] = [];
  const problems: TsdbtError[] = [];
  for (const name of names) {
    const file = join(shownDir, name);
    try {
      const yaml = readYaml(await readFile(join(dir, name), 'utf8'), file);
      problems.push(...yaml.warnings.map(({ message, at }) => new TsdbtError({ code: 'TSD5001', message, at })));
      const parsed = schema.safeParse(plainNumbers(yaml.data) ?? { syncs: [] });
      if (!parsed.success) {
        problems.push(...parsed.error.issues.map((issue) => invalid(yaml, placeOf(issue), issue.message)));
        continue;
      }
      parsed.data.syncs.forEach((entry, i) => {
        const found = [...entryProblems(entry), ...duplicate(entry, syncs)];
        problems.push(...found.map(({ path, message }) => invalid(yaml, ['syncs', i, ...path], message)));
        if (found.length === 0) syncs.push(resolveEntry(entry, yaml.at(['syncs', i])));
      });
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      problems.push(error);
    }
  }
  return { syncs: lookedUpFirst(syncs), problems };
}

/** A sync that looks up what another one brings comes after it; of two that need each other the first stays first. */
function lookedUpFirst(syncs: readonly SyncDefinition[]): SyncDefinition[] {
  const ordered = new Set<SyncDefinition>();
  const path = new Set<SyncDefinition>();
  const place = (sync: SyncDefinition): void => {
    if (ordered.has(sync) || path.has(sync)) return;
    path.add(sync);
    const wanted = sync.enrichment.map(({ table }) => `${sync.connection} ${quoteName(table)}`);
    syncs.filter((other) => wanted.includes(`${other.connection} ${quoteName(readersTable(other))}`)).forEach(place);
    path.delete(sync);
    ordered.add(sync);
  };
  syncs.forEach(place);
  return [...ordered];
}

/** A key that nobody knows is where the mistake is, not the map it stands in. */
function placeOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}): (string | number)[] {
  return [...(issue.path as (string | number)[]), ...(issue.keys ?? []).slice(0, 1)];
}

function duplicate(entry: SyncEntry, before: readonly SyncDefinition[]) {
  const other = before.find((sync) => sync.name === entry.name);
  if (!other) return [];
  return [{ path: ['name'], message: `sync "${entry.name}" is already defined in ${other.at.file}:${other.at.line}` }];
}

function invalid(yaml: YamlFile, path: readonly (string | number)[], message: string): TsdbtError {
  const shown = path.length === 0 ? '' : `${path.join('.')}: `;
  return new TsdbtError({ code: 'TSD5001', message: `${shown}${message}`, at: yaml.at(path) });
}
