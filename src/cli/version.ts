import { ownVersion } from '../util/own-version.ts';
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
