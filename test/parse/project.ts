import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dialectFor } from '../../src/adapter/index.ts';
import { isTsdbtError, type TsdbtError } from '../../src/error/index.ts';
import { loadProject } from '../../src/load/index.ts';
import { type ParseResult, parseProject } from '../../src/parse/index.ts';
import type { DataMap } from '../../src/util/data.ts';

const PROFILES = `
p:
  target: dev
  outputs:
    dev: {type: clickhouse, host: 127.0.0.1, port: 1, user: default, password: '', schema: db, threads: 1}
`;

export interface ParseOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: DataMap;
}

/** Loads and parses the project of a folder, as a command would. */
export async function parseFolder(dir: string, { env = {}, options = {} }: ParseOptions = {}): Promise<ParseResult> {
  const project = await loadProject({
    cwd: dir,
    env,
    which: 'parse',
    argv: ['parse'],
    options: { project_dir: dir, profiles_dir: dir, ...options },
  });
  const environment = {
    rootPackage: project.root,
    packages: project.packages,
    target: project.target,
    cliVars: project.cliVars,
    flags: project.flags,
    invocation: project.invocation,
    env,
    dialect: dialectFor(project.target),
    emit: () => {},
  };
  return await parseProject({ project, environment });
}

/** A project written into a folder of its own. Missing are only what a test does not care for. */
export class TestProject {
  readonly dir: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.dir = mkdtempSync(join(tmpdir(), 'tsdbt-parse-'));
    this.write({ 'dbt_project.yml': 'name: p\nprofile: p\n', 'profiles.yml': PROFILES, ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, file)), { recursive: true });
      writeFileSync(join(this.dir, file), text);
    }
  }

  parse(options?: ParseOptions): Promise<ParseResult> {
    return parseFolder(this.dir, options);
  }

  /** The problems a parse ends with; none where it succeeds. */
  async problems(options?: ParseOptions): Promise<readonly TsdbtError[]> {
    try {
      await this.parse(options);
      return [];
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      return error.problems.length > 0 ? error.problems : [error];
    }
  }

  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}
