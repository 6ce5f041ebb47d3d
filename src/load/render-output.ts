import type { Target } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import type { Environment } from './flags/environment.ts';
import { loadProfile } from './profile.ts';

export interface OutputRequest {
  readonly profilesDir: string;
  readonly profileName: string;
  /** Name of the output, such as `api`. */
  readonly output: string;
  readonly env: Environment;
  readonly cliVars: DataMap;
  readonly cwd: string;
}

/** Another output of the same profile, rendered when it is needed: a sync's Postgres. Throws as `loadProject` does. */
export async function renderOutput(request: OutputRequest): Promise<Target> {
  const { target } = await loadProfile({
    dirs: [request.profilesDir],
    profileName: request.profileName,
    output: request.output,
    threads: null,
    scope: { env: request.env, vars: request.cliVars, secrets: 'placeholder' },
    cwd: request.cwd,
  });
  return target;
}
