import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ContextEnvironment } from '../../context/index.ts';
import { BEHAVIOUR_FLAGS } from '../../load/index.ts';
import type { Flags, Project } from '../../model/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';
import { boxedValues, jsonOf } from './boxed.ts';

/** Raised whenever what is kept changes its form or its meaning. */
const FORM = 3;

/** Flags that change what parsing gives; as in dbt, all others do not count. */
const FLAGS = ['store_failures', 'static_parser', 'maximum_seed_size_mib', 'vars'];

/** A hash over everything but files and environment variables that a manifest depends on. */
export function fingerprint(project: Project, environment: ContextEnvironment): string {
  const hash = createHash('sha256');
  const add = (part: unknown): void => {
    hash.update(jsonOf(part) ?? '');
    hash.update(JSON.stringify(boxedValues(part)));
  };
  add([FORM, build(), DBT_VERSION, project.root, project.packages, project.target, project.cliVars]);
  add(relevant(project.flags));
  for (const { file, contents } of environment.dialect.builtinMacros()) hash.update(file).update(contents);
  return hash.digest('base64');
}

/** Which build of tsdbt this is: the bundle's file names carry a hash of their contents. */
function build(): readonly unknown[] {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return [import.meta.url, size, mtimeMs];
}

function relevant(flags: Flags): unknown {
  return [...FLAGS, ...Object.keys(BEHAVIOUR_FLAGS)].map((name) => [name, flags[name] ?? null]);
}
