import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { isDataMap } from '../util/data.ts';
import { readYaml } from '../util/yaml.ts';
import { projectFiles } from './init/files.ts';
import { askOutput, profileNames, writeProfile } from './init/profile.ts';
import { readOptions } from './open-project.ts';
import type { Request } from './request.ts';

const DOCS_URL = 'https://docs.getdbt.com/docs/configure-your-profile';
const SLACK_URL = 'https://community.getdbt.com/';

/**
 * `init [NAME]`: a folder of that name with a project that builds at once; within a project only its profile.
 * Asks where somebody answers. Throws TSD9001 for a name or a profile that cannot be.
 */
export async function init(request: Request, named: string | undefined): Promise<number> {
  const { flags, projectDir, profilesDirs } = await readOptions(request);
  const place = { folders: profilesDirs, named: flags['profiles_dir'] != null };
  if (projectDir !== undefined) return await setUpProfile(request, projectDir, place);
  const asked = named === undefined || request.ask?.isTerminal === true ? request.ask : undefined;
  const name = await validName(asked, named);
  const folder = join(request.cwd, name);
  if (existsSync(folder)) {
    request.emit({ name: 'ProjectNameAlreadyExists', data: { name } });
    return 0;
  }
  const profile = existingProfile(request, place.folders) ?? name;
  const { emit, given } = request;
  const wantsProfile = profile === name && given['profile'] === undefined && given['skip_profile_setup'] !== true;
  if (wantsProfile) emit({ name: 'SettingUpProfile', data: {} });
  // Who named a folder of profiles keeps all of them there.
  const output = wantsProfile ? await askOutput(asked) : undefined;
  if (request.interrupted.aborted) return 2;
  const files = projectFiles({ name, profile, output: place.named ? undefined : output });
  emit({ name: 'StarterProjectPath', data: { dir: folder } });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
  if (output !== undefined && place.named) emit(writeProfile(place.folders[0]!, profile, output));
  emit({ name: 'ProjectCreated', data: { project_name: name, docs_url: DOCS_URL, slack_url: SLACK_URL } });
  return 0;
}

interface ProfilePlace {
  /** Where profiles.yml is looked for. */
  readonly folders: readonly string[];
  /** Whether the user named it. */
  readonly named: boolean;
}

/** Within a project: the profile that its dbt_project.yml names, unless it is there. */
async function setUpProfile(request: Request, root: string, { folders, named }: ProfilePlace): Promise<number> {
  if (request.given['profile'] !== undefined) {
    throw refused('Can not init existing project with specified profile, edit dbt_project.yml instead');
  }
  if (request.given['skip_profile_setup'] === true) return 0;
  request.emit({ name: 'SettingUpProfile', data: {} });
  const path = join(root, 'dbt_project.yml');
  const { data } = readYaml(readFileSync(path, 'utf8'), path);
  const profile = data !== null && isDataMap(data) ? data['profile'] : undefined;
  if (typeof profile !== 'string') throw refused('dbt_project.yml names no profile');
  const known = folders.find((folder) => profileNames(folder).includes(profile));
  if (known !== undefined) {
    const msg = `The profile ${profile} is already in ${join(known, 'profiles.yml')}, which stays as it is`;
    request.emit({ name: 'Note', data: { msg } });
    return 0;
  }
  const output = await askOutput(request.ask?.isTerminal === true ? request.ask : undefined);
  if (request.interrupted.aborted) return 2;
  request.emit(writeProfile(named ? folders[0]! : root, profile, output));
  return 0;
}

/** The profile of `--profile`, which has to be there. */
function existingProfile({ given }: Request, folders: readonly string[]): string | undefined {
  const profile = given['profile'];
  if (profile === undefined) return undefined;
  if (folders.some((folder) => profileNames(folder).includes(String(profile)))) return String(profile);
  throw refused(`Could not find profile named '${String(profile)}'`);
}

const QUESTION = 'Enter a name for your project (letters, digits, underscore): ';

/** Lines of a pipe are read where no name is given: only then has somebody prepared them. */
async function validName(ask: Request['ask'], named: string | undefined): Promise<string> {
  let name = named ?? (await ask?.line(QUESTION));
  let wrong: string | undefined;
  while (name !== undefined && !/^[A-Za-z_]\w*$/.test(name)) {
    wrong = name;
    name = await ask?.line(`${wrong} is not a valid project name.\n${QUESTION}`);
  }
  if (name !== undefined) return name;
  const hint = 'Use letters, digits and underscores, and begin with no digit.';
  throw refused(wrong === undefined ? 'A project needs a name' : `'${wrong}' is not a valid project name`, hint);
}

function refused(message: string, hint?: string): TsdbtError {
  return new TsdbtError({ code: 'TSD9001', message, ...(hint === undefined ? {} : { hint }) });
}
