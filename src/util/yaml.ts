import type { At } from '../error/index.ts';
import type { Data } from './data.ts';
import { construct } from './yaml/construct.ts';
import { readFast } from './yaml/fast/index.ts';
import { positionOf, type YamlPath } from './yaml/position.ts';

export { constructAs, type Making } from './yaml/construct.ts';
export type { YamlPath } from './yaml/position.ts';

/** A key that a mapping has twice; the last one counts. */
export interface YamlWarning {
  readonly message: string;
  readonly at: At;
}

export interface YamlFile {
  /** Null for an empty text. */
  readonly data: Data;
  readonly warnings: readonly YamlWarning[];
  /** Where the value at a path stands, or its nearest ancestor that exists. Costs a second parse. */
  readonly at: (path: YamlPath) => At;
}

/** Reads one YAML document as PyYAML's SafeLoader does. Throws TSD1002 with line and column. */
export function readYaml(text: string, file: string): YamlFile {
  const at = (path: YamlPath) => positionOf(text, file, path);
  const fast = readFast(text);
  if (fast !== undefined) return { data: fast, warnings: [], at };
  const { data, duplicates } = construct(text, file);
  return {
    data,
    warnings: duplicates.map(({ key, line, col }) => ({
      message: `Duplicate key '${key}' in "${file}", line ${line}, column ${col}`,
      at: { file, line, col },
    })),
    at,
  };
}
