import { join } from 'node:path';
import { type At, TsdbtError } from '../error/index.ts';
import type { Event, Target } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import type { YamlPath } from '../util/yaml.ts';
import { type ConfigFile, readConfigFile, shown } from './files.ts';
import { renderData } from './render/renderer.ts';
import type { RenderScope } from './render/words.ts';

export interface ProfileRequest {
  /** Folders to look in, first choice first (see `profilesDirs`). */
  readonly dirs: readonly string[];
  readonly profileName: string;
  /** `--target`; null takes the profile's own. */
  readonly output: string | null;
  /** `--threads`; null takes the output's own, else 1. */
  readonly threads: number | null;
  readonly scope: RenderScope;
  readonly cwd: string;
}

export interface LoadedProfile {
  readonly target: Target;
  readonly profilesDir: string;
  readonly events: readonly Event[];
}

/** Reads one output of a profile and renders that alone. Throws TSD1004 for what is not there, TSD1005 for variables missing. */
export async function loadProfile(request: ProfileRequest): Promise<LoadedProfile> {
  const { file, dir } = findProfile(request);
  const profile = file.data[request.profileName];
  if (!isDataMap(profile)) {
    throw wrong(`Profile ${request.profileName} in profiles.yml is empty`, file.at([request.profileName]));
  }
  const events: Event[] = [...file.warnings];
  const output = await chooseOutput(request, profile, file, events);
  const path: YamlPath = [request.profileName, 'outputs', output];
  const written = writtenOutput(request.profileName, profile, output, file);
  const at = (below: YamlPath): At => file.at([...path, ...below]);
  const rendered = (await renderData(written, request.scope, at)) as DataMap;
  return { target: targetOf(request, output, rendered, at), profilesDir: dir, events };
}

/** The first file that has the profile; an earlier file without it counts only where no other has it. */
function findProfile({ dirs, profileName, cwd }: ProfileRequest): { file: ConfigFile; dir: string } {
  let first: ConfigFile | null = null;
  for (const dir of dirs) {
    const file = readConfigFile(join(dir, 'profiles.yml'), cwd, 'TSD1004');
    if (file !== null && profileName in file.data) return { file, dir };
    first ??= file;
  }
  const looked = dirs.map((dir) => shown(join(dir, 'profiles.yml'), cwd)).join(', ');
  if (first === null) {
    throw new TsdbtError({
      code: 'TSD1004',
      message: `Could not find profile named '${profileName}': there is no profiles.yml`,
      hint: `Looked for ${looked}. Name its folder with --profiles-dir.`,
    });
  }
  const names = Object.keys(first.data).map((name) => `'${name}'`);
  throw new TsdbtError({
    code: 'TSD1004',
    message: `Could not find profile named '${profileName}'`,
    at: first.at([]),
    hint: `It has ${names.length === 0 ? 'no profiles' : names.join(', ')}. Looked for ${looked}.`,
  });
}

async function chooseOutput(
  { output, profileName, scope }: ProfileRequest,
  profile: DataMap,
  file: ConfigFile,
  events: Event[],
): Promise<string> {
  if (output !== null) return output;
  const written = profile['target'];
  if (written === undefined || written === null) {
    events.push({ name: 'MissingProfileTarget', data: { profile_name: profileName, target_name: 'default' } });
    return 'default';
  }
  return String(await renderData(written, scope, () => file.at([profileName, 'target'])));
}

function writtenOutput(profileName: string, profile: DataMap, output: string, file: ConfigFile): DataMap {
  const { outputs } = profile;
  if (outputs === undefined || !isDataMap(outputs)) {
    throw wrong(`outputs not specified in profile '${profileName}'`, file.at([profileName]));
  }
  const written = outputs[output];
  if (written === undefined) {
    const names = Object.keys(outputs).map((name) => ` - ${name}`);
    throw wrong(
      `The profile '${profileName}' does not have a target named '${output}'. The valid target names for this profile are:\n${names.join('\n')}`,
      file.at([profileName, 'outputs']),
    );
  }
  if (isDataMap(written)) return written;
  throw wrong(
    `output '${output}' of profile '${profileName}' is misconfigured in profiles.yml`,
    file.at([profileName, 'outputs', output]),
  );
}

function targetOf(
  { profileName, threads: override }: ProfileRequest,
  name: string,
  rendered: DataMap,
  at: (path: YamlPath) => At,
): Target {
  const { type, threads: own = 1, ...credentials } = rendered;
  if (typeof type !== 'string') {
    throw wrong(`required field "type" not found in profile ${profileName} and target ${name}`, at([]));
  }
  const threads = override ?? toThreads(own);
  if (threads === null) throw wrong(`'threads' must be a whole number above 0`, at(['threads']));
  return { profileName, name, type, schema: schemaOf(type, credentials, at), threads, credentials, at: () => at([]) };
}

function toThreads(value: Data): number | null {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : null;
}

/** ClickHouse's schema is its database, and everything is built there; a Postgres that is only a sync's destination needs none. */
function schemaOf(type: string, credentials: DataMap, at: (path: YamlPath) => At): string {
  const { schema } = credentials;
  if (typeof schema === 'string' && schema !== '') return schema;
  if (schema !== undefined && schema !== null) return String(schema);
  if (type !== 'clickhouse') return 'public';
  throw new TsdbtError({
    code: 'TSD1004',
    message: "a ClickHouse output needs 'schema'",
    at: at([]),
    hint: 'It names the database that models are built in.',
  });
}

function wrong(message: string, at: At): TsdbtError {
  return new TsdbtError({ code: 'TSD1004', message, at });
}
