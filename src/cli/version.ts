import { readFileSync } from 'node:fs';
import { ADAPTER_VERSION, DBT_VERSION } from '../util/versions.ts';

/** dbt's lines first, because clients choose their parser by them; our own version after. */
export function versionText(): string {
  return [
    'Core:',
    `  - installed: ${DBT_VERSION}`,
    `  - latest:    ${DBT_VERSION} - Up to date!`,
    '',
    'Plugins:',
    `  - clickhouse: ${ADAPTER_VERSION} - Up to date!`,
    '',
    `tsdbt: ${ownVersion()}`,
    '',
  ].join('\n');
}

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
