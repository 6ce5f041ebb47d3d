import { join } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import { type DataMap, isDataMap } from '../util/data.ts';
import { type ConfigFile, readConfigFile } from './files.ts';

/** The vars of vars.yml, which may stand there instead of in dbt_project.yml. Throws TSD1003 where both have some. */
export function varsFromFile(root: string, project: ConfigFile, cwd: string): DataMap {
  const file = readConfigFile(join(root, 'vars.yml'), cwd);
  const vars = file?.data['vars'];
  if (file === null || vars === undefined || vars === null || !isDataMap(vars) || isEmpty(vars)) return {};
  const own = project.data['vars'];
  if (own !== undefined && own !== null && !(isDataMap(own) && isEmpty(own))) {
    throw new TsdbtError({
      code: 'TSD1003',
      message: 'Variables cannot be defined in both vars.yml and dbt_project.yml.',
      at: project.at(['vars']),
      hint: 'Move them to one of the two.',
    });
  }
  return vars;
}

function isEmpty(map: DataMap): boolean {
  return Object.keys(map).length === 0;
}
