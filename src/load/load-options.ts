import { join, resolve } from 'node:path';
import type { Event, Flags, Invocation } from '../model/index.ts';
import { resolveFlags } from './flags/resolve.ts';
import type { LoadInput } from './input.ts';
import { invocationOf } from './invocation.ts';
import { profilesDirs, projectAround } from './locate.ts';
import { textOf } from './places.ts';

/** What is known without a project. */
export interface LoadedOptions {
  readonly flags: Flags;
  readonly invocation: Invocation;
  readonly logPath: string;
  /** Where profiles.yml is looked for. */
  readonly profilesDirs: readonly string[];
  /** Undefined where one is in no project. */
  readonly projectDir: string | undefined;
  readonly warnings: readonly Event[];
}

/** Options of a command that may begin where no project is. Throws TSD9001 for a wrong one. */
export function loadOptions(input: LoadInput): LoadedOptions {
  const { cwd, env, which, options } = input;
  const { flags, warnings } = resolveFlags({ which, options, env, project: {} });
  const projectDir = projectAround(textOf(flags['project_dir']), cwd);
  const root = projectDir ?? cwd;
  const logPath = textOf(flags['log_path']);
  return {
    flags,
    invocation: invocationOf(input),
    logPath: logPath === null ? join(root, 'logs') : resolve(cwd, logPath),
    profilesDirs: profilesDirs(textOf(flags['profiles_dir']), cwd, root, env),
    projectDir,
    warnings,
  };
}
