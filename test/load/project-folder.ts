import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadProject } from '../../src/load/index.ts';
import type { Project } from '../../src/model/index.ts';
import type { DataMap } from '../../src/util/data.ts';

export const PROFILES = `acme:
  target: dev
  outputs:
    dev:
      type: clickhouse
      schema: analytics
      host: localhost
      threads: 4
`;

/** A folder with these files, gone when the test ends. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-load-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: DataMap;
  readonly which?: string;
  /** Folder below the root where the command is typed. */
  readonly from?: string;
}

/** Loads a project of these files; a profile is added where there is none. */
export async function load(files: Readonly<Record<string, string>>, given: Given = {}): Promise<Project> {
  const hasProfiles = Object.keys(files).some((path) => path.endsWith('profiles.yml'));
  const root = folderOf(hasProfiles ? files : { ...files, 'profiles.yml': PROFILES });
  return await loadIn(root, given);
}

export async function loadIn(root: string, given: Given = {}): Promise<Project> {
  return await loadProject({
    cwd: given.from === undefined ? root : join(root, given.from),
    env: { HOME: join(root, 'home'), ...given.env },
    which: given.which ?? 'run',
    argv: [given.which ?? 'run'],
    options: given.options ?? {},
    now: new Date('2026-01-02T03:04:05.678Z'),
    invocationId: 'the-invocation',
  });
}

export const PROJECT = "name: acme\nversion: '1.0.0'\nprofile: acme\n";
