import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { type At, type ErrorCode, TsdbtError } from '../error/index.ts';
import type { Event } from '../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../util/data.ts';
import { readYaml, type YamlPath } from '../util/yaml.ts';

/** A YAML file of the project whose root is a mapping. */
export interface ConfigFile {
  readonly path: string;
  readonly data: DataMap;
  readonly text: string;
  readonly at: (path: YamlPath) => At;
  readonly warnings: readonly Event[];
}

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Null where there is no such file. Throws TSD1002 for what is no YAML, `code` for a root that is no mapping. */
export function readConfigFile(path: string, cwd: string, code: ErrorCode = 'TSD1003'): ConfigFile | null {
  if (!isFile(path)) return null;
  const text = readFileSync(path, 'utf8');
  const file = shown(path, cwd);
  const yaml = readYaml(text, file);
  const data: Data = yaml.data ?? {};
  if (!isDataMap(data)) {
    throw new TsdbtError({ code, message: `${file} does not parse to a dictionary`, at: { file, line: 1, col: 1 } });
  }
  const warnings = yaml.warnings.map(({ message, at }) => ({
    name: 'DuplicateYAMLKeysDeprecation',
    data: { duplicate_description: message, file: at.file },
  }));
  return { path, data, text, at: yaml.at, warnings };
}

/** A path as a person would open it from where they are. */
export function shown(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}
