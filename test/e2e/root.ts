import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, from a source as from the bundle that `.config/run-ts.mjs` makes of it. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'project/dbt_project.yml')) ? folder : rootAbove(dirname(folder));
}
