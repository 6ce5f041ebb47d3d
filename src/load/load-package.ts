import { join } from 'node:path';
import { TsdbtError, throwProblems } from '../error/index.ts';
import type { Package } from '../model/index.ts';
import { type DataMap, isDataMap } from '../util/data.ts';
import { type ConfigFile, readConfigFile, shown } from './files.ts';
import { checkProject } from './project/check.ts';
import { isRenderedLate } from './project/late.ts';
import { packageOf } from './project/package.ts';
import { versionProblem } from './project/version.ts';
import { renderData } from './render/renderer.ts';
import type { RenderScope } from './render/words.ts';

/** The file that makes a folder a project. Throws TSD1001 where there is none. */
export function readProjectFile(root: string, cwd: string): ConfigFile {
  const path = join(root, 'dbt_project.yml');
  const file = readConfigFile(path, cwd, 'TSD1001');
  if (file !== null) return file;
  throw new TsdbtError({
    code: 'TSD1001',
    message: `No dbt_project.yml found at expected path ${shown(path, cwd)}`,
    hint: 'Run tsdbt in a project, or name its folder with --project-dir.',
  });
}

export interface LoadedPackage {
  readonly package: Package;
  /** dbt_project.yml rendered, for what only the root project says. */
  readonly data: DataMap;
}

/** Renders and checks one dbt_project.yml. Throws all problems that it has. */
export async function loadPackage(
  file: ConfigFile,
  root: string,
  scope: RenderScope,
  options: { readonly checkVersion: boolean; readonly varsFromFile: DataMap },
): Promise<LoadedPackage> {
  const data = (await renderData(file.data, scope, file.at, isRenderedLate)) as DataMap;
  throwProblems(checkProject(data, file.at));
  const own = data['vars'];
  const hasOwn = own !== undefined && isDataMap(own) && Object.keys(own).length > 0;
  const loaded = packageOf(root, data, file.data, hasOwn ? own : options.varsFromFile);
  const problem = options.checkVersion
    ? await versionProblem(loaded.name, loaded.requireDbtVersion, () => file.at(['require-dbt-version']))
    : null;
  if (problem !== null) throw problem;
  return { package: loaded, data };
}
