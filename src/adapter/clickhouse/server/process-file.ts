import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './failure.ts';

const notBuilt = (name: string): StartError =>
  new StartError({
    reason: 'library',
    message: `the private ClickHouse cannot start: ${name}.js is missing from tsdbt's dist`,
    hint: 'Build it with `npm run prepare`, or install tsdbt again.',
  });

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
    if (parent === directory) throw notBuilt(name);
    directory = parent;
  }
}
