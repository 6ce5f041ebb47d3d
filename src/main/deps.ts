import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `deps`: the packages that packages.yml names, and those that they need. */
export async function deps(request: Request): Promise<number> {
  const project = await readProject(request);
  const { installPackages } = await import('../load/index.ts');
  await installPackages({ project, env: request.env, emit: request.emit });
  return 0;
}
