import { ADAPTER_VERSION, DBT_VERSION } from '../util/versions.ts';
import { connectTarget } from './database.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `debug`: what was found, where, and whether the database answers. No secret is shown. */
export async function debug(request: Request): Promise<number> {
  const say = (msg: string): void => request.emit({ name: 'Note', data: { msg } });
  const project = await readProject(request);
  if (request.given['config_dir'] === true) {
    say(`profiles.yml is in ${project.profilesDir}`);
    return 0;
  }
  say(`dbt version: ${DBT_VERSION}`);
  say(`node version: ${process.versions.node}`);
  say(`os info: ${process.platform} ${process.arch}`);
  say(`Using profiles dir at ${project.profilesDir}`);
  say(`Using dbt_project.yml file at ${project.root.root}/dbt_project.yml`);
  say(`adapter type: ${project.target.type}`);
  say(`adapter version: ${ADAPTER_VERSION}`);
  say('Configuration:');
  say('  profiles.yml file [OK found and valid]');
  say('  dbt_project.yml file [OK found and valid]');
  say('Connection:');
  for (const [key, value] of Object.entries(project.target.credentials)) {
    if (SHOWN.has(key)) say(`  ${key}: ${String(value)}`);
  }
  try {
    const database = await connectTarget(project, request);
    say(`  server: ClickHouse ${database.driver.serverVersion} at ${database.driver.url}`);
    await database.close();
  } catch (error) {
    say('  Connection test: [ERROR]');
    say('');
    say('1 check failed:');
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
  say('  Connection test: [OK connection ok]');
  say('');
  say('All checks passed!');
  return 0;
}

/** Everything else of a profile may be a secret. */
const SHOWN = new Set([
  'host',
  'port',
  'user',
  'schema',
  'driver',
  'cluster',
  'cluster_mode',
  'secure',
  'verify',
  'database_engine',
]);
