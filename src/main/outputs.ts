import type { Project, Target } from '../model/index.ts';
import type { Request } from './request.ts';

/** Outputs of profiles.yml by their name, rendered. */
export function outputs(project: Project, { env, cwd }: Request): (output: string) => Promise<Target> {
  return async (output) => {
    const { renderOutput } = await import('../load/index.ts');
    const { profilesDir, target, cliVars } = project;
    return renderOutput({ profilesDir, profileName: target.profileName, output, env, cliVars, cwd });
  };
}
