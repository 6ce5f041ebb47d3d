import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The built file of one of the server's processes: beside the bundle this code is in, or, when it runs from its
 * sources, in the `dist` of the package above it.
 */
export function processFile(name: 'supervisor' | 'chserver'): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const file of [join(directory, `${name}.js`), join(directory, 'dist', `${name}.js`)]) {
      if (existsSync(file)) return file;
    }
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${name}.js is missing: build tsdbt with npm run prepare`);
    directory = parent;
  }
}
