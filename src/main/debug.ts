import { isTsdbtError } from '../error/index.ts';
import type { Project } from '../model/index.ts';
import { ADAPTER_VERSION, DBT_VERSION } from '../util/versions.ts';
import { connectTarget } from './database.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `debug`: what was found, where, and whether the database answers. No secret is shown. */
export async function debug(request: Request): Promise<number> {
  const say = (msg: string): void => request.emit({ name: 'DebugCmdOut', data: { msg } });
  const conclude = (msg: string): void => request.emit({ name: 'DebugCmdResult', data: { msg } });
  let project: Project;
  try {
    project = await readProject(request);
  } catch (error) {
    return sayUnreadable(error, say, conclude);
  }
  if (request.given['config_dir'] === true) {
    const open_cmd = process.platform === 'darwin' ? 'open' : 'xdg-open';
    request.emit({ name: 'OpenCommand', data: { open_cmd, profiles_dir: project.profilesDir } });
    return 0;
  }
  say(`dbt version: ${DBT_VERSION}`);
  say(`node version: ${process.versions.node}`);
  say(`os info: ${process.platform} ${process.arch}`);
  say(`Using profiles dir at ${project.profilesDir}`);
  say(`Using profiles.yml file at ${project.profilesDir}/profiles.yml`);
  say(`Using dbt_project.yml file at ${project.root.root}/dbt_project.yml`);
  say(`adapter type: ${project.target.type}`);
  say(`adapter version: ${ADAPTER_VERSION}`);
  if (request.given['connection'] === true) {
    say('Skipping steps before connection verification');
  } else {
    say('Configuration:');
    say('  profiles.yml file [OK found and valid]');
    say('  dbt_project.yml file [OK found and valid]');
  }
  say('Connection:');
  for (const [key, value] of Object.entries(project.target.credentials)) {
    if (SHOWN.has(key)) say(`  ${key}: ${String(value)}`);
  }
  const adapter = { adapter_name: project.target.type, adapter_version: `=${ADAPTER_VERSION}` };
  request.emit({ name: 'AdapterRegistered', data: adapter });
  try {
    const database = await connectTarget(project, request);
    say(`  server: ClickHouse ${database.driver.serverVersion} at ${database.driver.url}`);
    await database.close();
  } catch (error) {
    say('  Connection test: [ERROR]');
    say('');
    conclude('1 check failed:');
    conclude(`${error instanceof Error ? error.message : String(error)}\n`);
    if (isTsdbtError(error) && error.hint !== undefined) say(`  hint: ${error.hint}`);
    return 1;
  }
  say('  Connection test: [OK connection ok]');
  say('');
  conclude('All checks passed!');
  return 0;
}

/** What is wrong with the files is what was asked for, not a failure of the command itself. */
function sayUnreadable(error: unknown, say: (msg: string) => void, conclude: (msg: string) => void): number {
  if (!isTsdbtError(error) || error.code.startsWith('TSD9')) throw error;
  const problems = error.problems.length > 0 ? error.problems : [error];
  const inProfile = problems.some(({ code, at }) => code === 'TSD1004' || at?.file.endsWith('profiles.yml'));
  say('Configuration:');
  say(`  profiles.yml file [${inProfile ? 'ERROR invalid' : 'OK found and valid'}]`);
  say(`  dbt_project.yml file [${inProfile ? 'OK found' : 'ERROR invalid'}]`);
  say('');
  conclude(`${problems.length} check${problems.length === 1 ? '' : 's'} failed:`);
  for (const { message, at, hint } of problems) {
    conclude(at === undefined ? message : `${message}\n  at ${at.file}:${at.line}`);
    if (hint !== undefined) conclude(`  hint: ${hint}`);
  }
  return 1;
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
