import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PrivateServer } from '../../../src/adapter/index.ts';

/** Real dbt's executable, in a virtual environment that is made at first need; undefined where there is no Python. */
export function findDbt(root: string): string | undefined {
  const named = process.env['DBT'];
  if (named !== undefined && named !== '') return named;
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'tsdbt', 'dbt-1.12.6-clickhouse-1.10.3');
  const dbt = join(folder, 'bin/dbt');
  if (existsSync(join(folder, 'whole'))) return dbt;
  if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) return undefined;
  console.log(`Installing dbt-core 1.12.6 and dbt-clickhouse 1.10.3 into ${folder}`);
  mkdirSync(folder, { recursive: true });
  must('python3', ['-m', 'venv', '--clear', folder]);
  must(join(folder, 'bin/pip'), ['install', '--quiet', '--no-deps', '-r', join(root, 'test/compare/requirements.txt')]);
  // What was cut off half way is made anew.
  writeFileSync(join(folder, 'whole'), '');
  return dbt;
}

function must(file: string, args: readonly string[]): void {
  const { status } = spawnSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}`);
}

/** A folder with a profile by which real dbt reaches the private server. */
export function writeProfile(folder: string, server: PrivateServer, schema: string): string {
  mkdirSync(folder, { recursive: true });
  const { host, port, user, password } = server;
  const output = { type: 'clickhouse', driver: 'http', host, port, user, password, schema, threads: 4 };
  const outputs = { embedded: output };
  writeFileSync(join(folder, 'profiles.yml'), JSON.stringify({ gcc_warehouse: { target: 'embedded', outputs } }));
  return folder;
}
