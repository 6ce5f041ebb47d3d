import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** dbt's own documentation of a project as one file, as `dbt docs generate --static` makes it of the artifacts; undefined where there is no dbt. */
export function writeDbtDocs(manifest: string, catalog: string, path: string): string | undefined {
  const page = dbtPage();
  if (page === undefined) return undefined;
  const whole = page
    .replace('"MANIFEST.JSON INLINE DATA"', () => manifest)
    .replace('"CATALOG.JSON INLINE DATA"', () => catalog);
  writeFileSync(path, whole);
  return path;
}

/** The page lies in dbt's Python package: of the dbt that DBT names, else of the one that `npm run compare:dbt` has installed. */
function dbtPage(): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const dbt = process.env['DBT'] || join(cache, 'tsdbt/dbt-1.12.6-clickhouse-1.10.3/bin/dbt');
  try {
    const lib = join(dirname(dbt), '../lib');
    const python = readdirSync(lib).find((name) => name.startsWith('python3')) ?? '';
    return readFileSync(join(lib, python, 'site-packages/dbt/task/docs/index.html'), 'utf8');
  } catch {
    // Not there, or installed in another way.
    return undefined;
  }
}
