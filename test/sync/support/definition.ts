import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSyncs, type SyncDefinition } from '../../../src/sync/index.ts';

/** The definitions of one YAML text, as a project's file would give them. */
export async function definitions(yaml: string): Promise<readonly SyncDefinition[]> {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-syncs-'));
  try {
    writeFileSync(join(dir, 'syncs.yml'), yaml);
    const { syncs, problems } = await loadSyncs(dir, 'syncs');
    if (problems.length > 0) throw problems[0];
    return syncs;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function definition(yaml: string): Promise<SyncDefinition> {
  const [first] = await definitions(yaml);
  return first!;
}
