import { readFileSync } from 'node:fs';

/** dist/package.json beside the bundle; src has the repository's own two folders up. */
export function ownVersion(): string {
  for (const place of ['./package.json', '../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      if (name === undefined || name === 'tsdbt') return version;
    } catch {
      // not there: the next place
    }
  }
  return 'unknown';
}
