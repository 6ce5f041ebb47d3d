import { TsdbtError } from '../error/index.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `deps`: the packages that packages.yml names, and those that they need. */
export async function deps(request: Request): Promise<number> {
  const project = await readProject(request);
  if (request.given['add_package'] !== undefined) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: '--add-package is not there yet',
      hint: 'Write the package into packages.yml, then run `tsdbt deps`.',
    });
  }
  const { installPackages } = await import('../load/index.ts');
  await installPackages({ project, env: request.env, emit: request.emit });
  return 0;
}
