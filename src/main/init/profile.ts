import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../model/index.ts';
import { isDataMap } from '../../util/data.ts';
import { readYaml } from '../../util/yaml.ts';
import type { Ask } from '../request.ts';

/** Where a project runs: a private server of its own, or one that is there. */
export type Output = 'private' | { readonly host: string; readonly port: string; readonly user: string };

const CHOICES = `Where does the project run?
[1] a private ClickHouse that tsdbt starts and stops itself
[2] a ClickHouse server of your own

Enter a number (1): `;

/** Asks where the project runs. Where nobody answers it is the private server. */
export async function askOutput(ask: Ask | undefined): Promise<Output> {
  if (ask === undefined) return 'private';
  let choice = await ask.line(CHOICES);
  while (choice !== undefined && !['', '1', '2'].includes(choice)) choice = await ask.line('Enter 1 or 2 (1): ');
  if (choice !== '2') return 'private';
  const answer = async (what: string, usual: string): Promise<string> =>
    (await ask.line(`${what} (${usual}): `)) || usual;
  return {
    host: await answer('host', 'localhost'),
    port: await answer('port of its HTTP interface', '8123'),
    user: await answer('user', 'default'),
  };
}

/** A profile with both outputs, the chosen one its target. A password is read from the environment, never written. */
export function profileText(profile: string, output: Output): string {
  const { host, port, user } = output === 'private' ? { host: 'localhost', port: '8123', user: 'default' } : output;
  return `${profile}:
  target: ${output === 'private' ? 'local' : 'server'}
  outputs:
    # A ClickHouse that tsdbt starts and stops itself.
    local:
      type: clickhouse
      schema: analytics
      threads: 4
      embedded: {path: .tsdbt/clickhouse}
    # Your own: tsdbt build --target server
    server:
      type: clickhouse
      schema: analytics
      threads: 4
      host: "{{ env_var('CLICKHOUSE_HOST', '${host}') }}"
      port: ${/^\d+$/.test(port) ? port : 8123}
      user: "{{ env_var('CLICKHOUSE_USER', '${user}') }}"
      password: "{{ env_var('CLICKHOUSE_PASSWORD', '') }}"
`;
}

/** Profiles by name that the file in `folder` has; none where there is no such file. */
export function profileNames(folder: string): readonly string[] {
  const path = join(folder, 'profiles.yml');
  if (!existsSync(path)) return [];
  const { data } = readYaml(readFileSync(path, 'utf8'), path);
  return data !== null && isDataMap(data) ? Object.keys(data) : [];
}

/** Adds the profile to the file in `folder`; others that are there stay as they are. */
export function writeProfile(folder: string, name: string, output: Output): Event {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'profiles.yml');
  const before = existsSync(path) ? `${readFileSync(path, 'utf8').trimEnd()}\n\n` : '';
  writeFileSync(path, `${before}${profileText(name, output)}`);
  return { name: 'ProfileWrittenWithSample', data: { name, path } };
}
