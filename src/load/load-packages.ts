import { TsdbtError } from '../error/index.ts';
import type { Event, Package } from '../model/index.ts';
import { loadPackage, readProjectFile } from './load-package.ts';
import { installedPackages } from './packages.ts';
import type { Problems } from './problems.ts';
import type { RenderScope } from './render/words.ts';

export interface PackagesRequest {
  readonly root: Package;
  readonly packagesPath: string;
  readonly scope: RenderScope;
  readonly checkVersion: boolean;
  readonly cwd: string;
}

/** Every installed package. Their dbt_project.yml is rendered without the variables of the command line, as dbt does. */
export async function loadPackages(
  request: PackagesRequest,
  problems: Problems,
): Promise<{ packages: Package[]; warnings: Event[] }> {
  const { root, packagesPath, cwd } = request;
  const packages: Package[] = [];
  const warnings: Event[] = [];
  for (const folder of problems.try(() => installedPackages(root.root, packagesPath, cwd), [])) {
    const loaded = await problems.tryAsync(async () => {
      const file = readProjectFile(folder, cwd);
      warnings.push(...file.warnings);
      const options = { checkVersion: request.checkVersion, varsFromFile: {} };
      return (await loadPackage(file, folder, { ...request.scope, vars: {} }, options)).package;
    }, null);
    if (loaded === null) continue;
    if ([root, ...packages].some(({ name }) => name === loaded.name)) problems.add(sameName(loaded));
    packages.push(loaded);
  }
  return { packages, warnings };
}

function sameName({ name, root }: Package): TsdbtError {
  return new TsdbtError({
    code: 'TSD1003',
    message: `Found more than one package with the name "${name}" included in this project. Package names must be unique in a project.`,
    at: { file: root, line: 1, col: 0 },
    hint: 'Rename one of these packages.',
  });
}
