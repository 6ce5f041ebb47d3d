import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsdbtError } from '../../error/index.ts';
import type { Assets } from './html.ts';

/** From the bundle's chunk the folder lies one level up, from the source three; a program bundled in the tree lies beside dist. */
const PLACES = ['site', '../site', '../../../dist/site', '../dist/site'];

/** The page's program, as the build wrote it. Throws TSD7001 where this installation lacks it. */
export function siteAssets(): Assets {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const dir = PLACES.map((place) => join(here, place)).find((place) => existsSync(join(place, 'app.js')));
  if (dir === undefined) {
    throw new TsdbtError({
      code: 'TSD7001',
      message: 'The program of the documentation site is not part of this installation',
      hint: 'Run `node .config/build.mjs`, or install tsdbt again.',
    });
  }
  return { js: readFileSync(join(dir, 'app.js'), 'utf8'), css: readFileSync(join(dir, 'app.css'), 'utf8') };
}
