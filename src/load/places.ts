import { join, resolve } from 'node:path';
import type { Event, Flags, Project } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';

type Places = Pick<Project, 'targetPath' | 'logPath' | 'packagesPath' | 'cleanTargets' | 'statePath'>;

/**
 * Folders that tsdbt writes to; absolute. `--target-path` is relative to the project, `--log-path` to the current folder,
 * as with dbt. A log path of dbt_project.yml is taken as written.
 */
export function placesOf(root: string, cwd: string, data: DataMap, written: DataMap, flags: Flags): Places {
  const target = textOf(flags['target_path']) ?? textOf(data['target-path']) ?? 'target';
  const log = textOf(flags['log_path']);
  const clean = data['clean-targets'];
  return {
    targetPath: resolve(root, target),
    logPath: log === null ? resolve(root, textOf(written['log-path']) ?? 'logs') : resolve(cwd, log),
    packagesPath: resolve(root, textOf(data['packages-install-path']) ?? 'dbt_packages'),
    cleanTargets: Array.isArray(clean) ? clean.map(String) : [target],
    statePath: join(root, '.tsdbt'),
  };
}

/** Keys that dbt still takes but would rather not. */
export function deprecatedKeys(data: DataMap): Event[] {
  const events: Event[] = [];
  const warn = (key: string, name: string, data: Record<string, string>) => {
    events.push({ name, data: { deprecated_path: key, ...data } });
  };
  if ('source-paths' in data) warn('source-paths', 'ConfigSourcePathDeprecation', { exp_path: 'model-paths' });
  if ('data-paths' in data) warn('data-paths', 'ConfigDataPathDeprecation', { exp_path: 'seed-paths' });
  if ('log-path' in data && data['log-path'] !== 'logs') warn('log-path', 'ConfigLogPathDeprecation', {});
  if ('target-path' in data && data['target-path'] !== 'target') warn('target-path', 'ConfigTargetPathDeprecation', {});
  return events;
}

/** Null for what is absent. */
export function textOf(value: Data | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : String(value);
}

export function mapOf(value: Data | undefined): DataMap {
  return value !== undefined && isDataMap(value) ? value : {};
}
