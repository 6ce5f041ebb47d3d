import { resolve } from 'node:path';
import { TsdbtError } from '../error/index.ts';
import type { Event, Package, Project, SelectorDefinition, Target } from '../model/index.ts';
import { needsPackages, needsProfile } from './commands.ts';
import { type ConfigFile, isFile } from './files.ts';
import { type ResolvedFlags, resolveFlags } from './flags/resolve.ts';
import type { LoadInput } from './input.ts';
import { invocationOf } from './invocation.ts';
import { type LoadedPackage, loadPackage, readProjectFile } from './load-package.ts';
import { loadPackages } from './load-packages.ts';
import { findProjectDir, profilesDirs } from './locate.ts';
import { deprecatedKeys, mapOf, placesOf, textOf } from './places.ts';
import { Problems } from './problems.ts';
import { type LoadedProfile, loadProfile } from './profile.ts';
import { checkProject } from './project/check.ts';
import { queryCommentOf } from './project/query-comment.ts';
import { renderData } from './render/renderer.ts';
import type { RenderScope } from './render/words.ts';
import { loadSelectors } from './selectors.ts';
import { varsFromFile } from './vars.ts';

/** What the steps of loading share. */
interface Loading {
  readonly input: LoadInput;
  readonly root: string;
  readonly file: ConfigFile;
  readonly resolved: ResolvedFlags;
  readonly problems: Problems;
  readonly scope: RenderScope;
}

/**
 * Everything that is known before a single model is read. Gathers the problems and throws them as one:
 * TSD1001 to TSD1007 for files, TSD9001 for options.
 */
export async function loadProject(input: LoadInput): Promise<Project> {
  const envVars: Record<string, string | null> = {};
  const loading = begin(input, envVars);
  const { problems, file, root, scope } = loading;
  const fromFile = problems.try(() => varsFromFile(root, file, input.cwd), {});
  const profile = await tryProfile(loading);
  if (profile === null) {
    // Without a target nothing more can be rendered, but the file's shape can be judged.
    problems.add(...checkProject(file.data, file.at));
    problems.throw();
  }
  const target = profile?.target ?? NO_TARGET;
  const targeted: RenderScope = { ...scope, vars: { ...fromFile, ...scope.vars }, target };
  const options = { checkVersion: loading.resolved.flags['version_check'] === true, varsFromFile: fromFile };
  const own = await problems.tryAsync(() => loadPackage(file, root, targeted, options), null);
  const selectors = await problems.tryAsync(() => loadSelectors(root, targeted, input.cwd), []);
  return await finish(loading, { own, profile, target, targeted, selectors, envVars });
}

const NO_TARGET: Target = { profileName: '', name: '', type: '', schema: '', threads: 1, credentials: {} };

function begin(input: LoadInput, envVars: Record<string, string | null>): Loading {
  const { cwd, env, options, which } = input;
  const named = options['project_dir'] ?? env['DBT_ENGINE_PROJECT_DIR'] ?? env['DBT_PROJECT_DIR'];
  const root = findProjectDir(textOf(named), cwd);
  const file = readProjectFile(root, cwd);
  const resolved = resolveFlags({ which, options, env, project: mapOf(file.data['flags']) });
  checkFileThere(resolved, cwd);
  const scope: RenderScope = {
    env,
    vars: mapOf(resolved.flags['vars']),
    secrets: 'refuse',
    lenientVars: which === 'deps',
    onEnvVar: (name, value) => {
      envVars[name] = value;
    },
  };
  return { input, root, file, resolved, problems: new Problems(), scope };
}

/** tsdbt keeps what it parsed in a file of its own; a name that dbt would refuse is refused all the same. */
function checkFileThere({ flags }: ResolvedFlags, cwd: string): void {
  const path = textOf(flags['partial_parse_file_path']);
  if (path === null || isFile(resolve(cwd, path))) return;
  throw new TsdbtError({
    code: 'TSD9001',
    message: `Invalid value for '--partial-parse-file-path': File '${path}' does not exist.`,
  });
}

async function tryProfile(loading: Loading): Promise<LoadedProfile | null> {
  if (needsProfile(loading.input.which)) {
    return await loading.problems.tryAsync(() => profileOf(loading), null);
  }
  return await new Problems().tryAsync(() => profileOf(loading), null);
}

async function profileOf({ input, root, file, resolved, scope }: Loading): Promise<LoadedProfile> {
  const { flags } = resolved;
  const inProfile: RenderScope = { ...scope, secrets: 'placeholder' };
  const name = textOf(flags['profile']) ?? (await renderData(file.data['profile'] ?? null, inProfile, file.at));
  if (name === null) {
    throw new TsdbtError({
      code: 'TSD1004',
      message: 'dbt cannot run because no profile was specified for this dbt project.',
      at: file.at([]),
      hint: "Add a line such as 'profile: my_profile' to dbt_project.yml, or give --profile.",
    });
  }
  return await loadProfile({
    dirs: profilesDirs(textOf(flags['profiles_dir']), input.cwd, root, input.env),
    profileName: String(name),
    output: textOf(flags['target']),
    threads: flags['threads'] as number | null,
    scope: inProfile,
    cwd: input.cwd,
  });
}

interface Parts {
  readonly own: LoadedPackage | null;
  readonly profile: LoadedProfile | null;
  readonly target: Target;
  readonly targeted: RenderScope;
  readonly selectors: readonly SelectorDefinition[];
  readonly envVars: Readonly<Record<string, string | null>>;
}

async function finish(loading: Loading, parts: Parts): Promise<Project> {
  const { input, root, file, resolved, problems } = loading;
  const { flags } = resolved;
  const { own } = parts;
  const places = placesOf(root, input.cwd, own?.data ?? file.data, file.data, flags);
  const warnings: Event[] = [...file.warnings, ...resolved.warnings, ...deprecatedKeys(file.data)];
  warnings.push(...(parts.profile?.events ?? []));
  let packages: readonly Package[] = [];
  if (own !== null && needsPackages(input.which)) {
    const request = { root: own.package, packagesPath: places.packagesPath, scope: parts.targeted };
    const loaded = await loadPackages(
      { ...request, checkVersion: flags['version_check'] === true, cwd: input.cwd },
      problems,
    );
    packages = loaded.packages;
    warnings.push(...loaded.warnings);
  }
  problems.throw();
  const profilesDir = parts.profile?.profilesDir ?? '';
  return {
    ...places,
    root: (own as LoadedPackage).package,
    packages,
    target: parts.target,
    profilesDir,
    cliVars: mapOf(flags['vars']),
    flags: {
      ...flags,
      project_dir: flags['project_dir'] ?? root,
      profiles_dir: flags['profiles_dir'] ?? profilesDir,
      log_path: places.logPath,
    },
    selectors: parts.selectors,
    invocation: invocationOf(input),
    queryComment: queryCommentOf(file.data['query-comment']),
    envVars: parts.envVars,
    warnings,
  };
}
