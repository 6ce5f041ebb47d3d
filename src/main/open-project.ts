import { relative, resolve } from 'node:path';
import type { CompileInput, Compiler } from '../compile/index.ts';
import type { ContextEnvironment } from '../context/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { LoadedOptions, LoadInput } from '../load/index.ts';
import type { GraphNode, Manifest, OperationNode, Project } from '../model/index.ts';
import type { ParseResult } from '../parse/index.ts';
import type { Data } from '../util/data.ts';
import { ADAPTER_VERSION, DBT_VERSION } from '../util/versions.ts';
import { argTexts } from './arg-texts.ts';
import { foundLine } from './counts.ts';
import type { Request } from './request.ts';

/** A project read and understood: what every command starts from. */
export interface Session {
  readonly request: Request;
  readonly project: Project;
  readonly parsed: ParseResult;
  /** Made at the first look. */
  readonly graph: ProjectGraph;
  readonly environment: ContextEnvironment;
  /** Made at the first call: not every command compiles. */
  compiler(more?: Pick<CompileInput, 'deferred' | 'selected'>): Promise<Compiler>;
  nodeOf(uniqueId: string): GraphNode | OperationNode | undefined;
}

/** load -> parse -> graph. */
export async function openProject(request: Request): Promise<Session> {
  const began = performance.now();
  const project = await readProject(request);
  if (project.selectors.length > 0) {
    // Every selector must mean something, also for a command that selects by none of them.
    const { parseSelectors } = await import('../select/index.ts');
    parseSelectors(project.selectors, 'eager');
  }
  const [{ parseProject }, { buildGraph }, { dialectFor }] = await Promise.all([
    import('../parse/index.ts'),
    import('../graph/index.ts'),
    import('../adapter/index.ts'),
  ]);
  const environment: ContextEnvironment = {
    rootPackage: project.root,
    packages: project.packages,
    target: project.target,
    cliVars: project.cliVars,
    flags: project.flags,
    invocation: project.invocation,
    env: request.env,
    dialect: dialectFor(project.target),
    emit: request.emit,
  };
  const adapter = { adapter_name: project.target.type, adapter_version: `=${ADAPTER_VERSION}` };
  request.emit({ name: 'AdapterRegistered', data: adapter, ...(isOwn(request.which) ? { level: 'debug' } : {}) });
  if (request.which === 'source freshness' && typeof request.given['output'] === 'string') {
    request.emit({ name: 'CustomOutputPathInSourceFreshnessDeprecation', data: { path: request.given['output'] } });
  }
  const parsed = await parseProject({ project, environment });
  request.watching?.()?.parsed((performance.now() - began) / 1000, parsed.filesRead);
  for (const warning of parsed.warnings) request.emit(warning);
  warnOfOwnState(request, project);
  const isInline = typeof request.given['inline'] === 'string';
  // dbt counts for every command but these, by the very word.
  const { sql, inline_direct: direct } = request.given;
  const isPlain = typeof direct === 'string' || (typeof sql === 'string' && !/\{[{%#]/.test(sql));
  const isUncompiled = request.which === 'docs generate' && project.flags['compile'] === false;
  if (request.which !== 'parse' && !isPlain && !isUncompiled && !request.argv.includes('list')) {
    request.emit({
      name: 'FoundStats',
      data: { stat_line: foundLine(parsed.counts, isInline) },
      ...(isOwn(request.which) ? { level: 'debug' } : {}),
    });
  }
  let compiler: Compiler | undefined;
  let graph: ProjectGraph | undefined;
  return {
    request,
    project,
    parsed,
    get graph() {
      graph ??= buildGraph(parsed.manifest);
      return graph;
    },
    environment,
    async compiler(more) {
      const { createCompiler } = await import('../compile/index.ts');
      const { manifest, library } = parsed;
      if (compiler === undefined || more !== undefined) {
        compiler = createCompiler({
          ...{ environment, manifest, library },
          targetPath: shownTargetPath(project),
          injectsCtes: project.flags['inject_ephemeral_ctes'] !== false,
          ...more,
        });
      }
      return compiler;
    },
    nodeOf: (id) => nodeOf(parsed.manifest, id),
  };
}

/** Comparing with a folder that this run will write over is seldom meant. */
function warnOfOwnState({ which, emit }: Request, { root, targetPath, flags }: Project): void {
  if (which === 'parse' || which === 'run-operation') return;
  for (const state of [flags['state'], flags['defer_state']]) {
    if (state == null || resolve(root.root, String(state)) !== targetPath) continue;
    emit({ name: 'WarnStateTargetEqual', data: { state_path: String(state) } });
  }
}

/** load alone, for commands that read no model. */
export async function readProject(request: Request): Promise<Project> {
  const { loadProject } = await import('../load/index.ts');
  await limitTemplates(request);
  const project = await loadProject(loadInput(request));
  announce(request, project.root.root, project);
  const { given } = request;
  if (given['selector'] !== undefined && (given['select'] ?? given['exclude']) !== undefined) {
    request.emit({ name: 'SelectExcludeIgnoredWithSelectorWarning', data: {} });
  }
  for (const word of request.argv)
    if (/^(?:-m|--models?)(?:=|$)/.test(word)) request.emit({ name: 'ModelParamUsageDeprecation', data: {} });
  if (project.target.threads < 1) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: `${project.target.threads} threads can do nothing: take one or more`,
    });
  }
  return project;
}

/** Options alone, for a command that may begin where no project is. */
export async function readOptions(request: Request): Promise<LoadedOptions> {
  const { loadOptions } = await import('../load/index.ts');
  const found = loadOptions(loadInput(request));
  announce(request, found.projectDir ?? request.cwd, found);
  return found;
}

function loadInput({ cwd, env, which, argv, invocationId, given }: Request): LoadInput {
  return { cwd, env, which, argv, invocationId, options: given as Readonly<Record<string, Data>> };
}

/** The first events of every command; from here on it is known how they are shown. */
function announce(request: Request, root: string, opened: Opened): void {
  const { flags, logPath, invocation, warnings } = opened;
  const log = {
    path: `${logPath}/dbt.log`,
    format: String(flags['log_format_file']) as 'debug',
    level: String(flags['log_level_file']) as 'debug',
    maxBytes: Number(flags['log_file_max_bytes']),
  };
  request.opened(root, log, flags);
  request.emit({
    name: 'MainReportVersion',
    data: { version: `=${DBT_VERSION}`, log_version: 3 },
    ...(isOwn(request.which) ? { level: 'debug' } : {}),
  });
  request.emit({ name: 'MainReportArgs', data: { args: argTexts(flags, invocation.command) } });
  for (const warning of warnings) request.emit(warning);
}

type Opened = Pick<LoadedOptions, 'flags' | 'logPath' | 'invocation' | 'warnings'>;

/** `--template-steps`, then TSDBT_TEMPLATE_STEPS: how long a template may run at a stretch. */
async function limitTemplates({ given, env }: Request): Promise<void> {
  const wanted = given['template_steps'] ?? env['TSDBT_TEMPLATE_STEPS'];
  if (wanted === undefined || wanted === '') return;
  const steps = Number(wanted);
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: `--template-steps takes a whole number, not '${String(wanted)}'`,
    });
  }
  const { limitSteps } = await import('../context/index.ts');
  limitSteps(steps);
}

/** manifest.json of what was parsed, for commands that compile nothing. */
export async function writeParsed({ project, parsed, request }: Session): Promise<void> {
  if (project.flags['write_json'] === false) return;
  const { writeManifestText, writeSemanticManifest } = await import('../artifacts/index.ts');
  const { own, text, semantics } = parsed.written;
  const written = (artifact_type: string, artifact_path: string): void =>
    request.emit({ name: 'ArtifactWritten', data: { artifact_type, artifact_path } });
  written('WritableManifest', writeManifestText(project.targetPath, own, text));
  written('SemanticManifest', writeSemanticManifest(project.targetPath, semantics));
}

/** perf_info.json, as dbt names it: how much was read, and how long it took. */
export async function writePerfInfo({ project, parsed, request }: Session): Promise<void> {
  const { writePerfInfo: write } = await import('../artifacts/index.ts');
  const load_all_elapsed = (Date.now() - Date.parse(project.invocation.startedAt)) / 1000;
  const path = write(project.targetPath, parsed.manifest, load_all_elapsed);
  request.emit({ name: 'ParsePerfInfoPath', data: { path } });
}

const ANSWERS = new Set([
  'sync ls',
  'sync plan',
  'sync schema',
  'check',
  'lineage',
  'freshness check',
  'metrics serve',
]);

/** Commands dbt does not have print nothing but their answer, which shells read. */
function isOwn(which: string): boolean {
  return which.startsWith('server ') || (which.startsWith('job ') && which !== 'job run') || ANSWERS.has(which);
}

function nodeOf(manifest: Manifest, id: string): GraphNode | OperationNode | undefined {
  return manifest.nodes[id] ?? manifest.sources[id] ?? manifest.unit_tests[id] ?? manifest.exposures[id];
}

/** Paths in artifacts begin with the target folder, relative to the project where it lies within. */
function shownTargetPath({ root, targetPath }: Project): string {
  const path = relative(root.root, targetPath);
  return path.startsWith('..') ? targetPath : path;
}
