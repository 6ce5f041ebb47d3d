import type { At } from '../error/index.ts';
import type { Data, DataMap } from '../util/data.ts';
import type { Event } from './events.ts';

/** One folder with a dbt_project.yml: the team's own project or an installed package. Paths are absolute unless said. */
export interface Package {
  readonly name: string;
  readonly version: string | null;
  readonly root: string;
  /** Folders of each kind, relative to `root`, as written. */
  readonly paths: {
    readonly model: readonly string[];
    readonly seed: readonly string[];
    readonly test: readonly string[];
    readonly analysis: readonly string[];
    readonly macro: readonly string[];
    readonly snapshot: readonly string[];
    readonly docs: readonly string[];
    readonly asset: readonly string[];
    readonly function: readonly string[];
  };
  /** The configuration trees of dbt_project.yml, rendered; `unrendered` holds the same trees as written. */
  readonly trees: ConfigTrees;
  readonly unrenderedTrees: ConfigTrees;
  readonly vars: DataMap;
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly dispatch: readonly { readonly macro_namespace: string; readonly search_order: readonly string[] }[];
  readonly quoting: DataMap;
  readonly requireDbtVersion: readonly string[];
  /** Whether other packages may refer to its public models alone. */
  readonly restrictAccess: boolean;
}

export type TreeName =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'sources'
  | 'data_tests'
  | 'unit_tests'
  | 'analyses'
  | 'exposures'
  | 'metrics'
  | 'semantic-models'
  | 'saved-queries'
  | 'functions';
export type ConfigTrees = Readonly<Record<TreeName, DataMap>>;

/** One output of a profile. Secrets are in `credentials` only; nothing prints that map. */
export interface Target {
  readonly profileName: string;
  readonly name: string;
  readonly type: string;
  readonly schema: string;
  readonly threads: number;
  readonly credentials: DataMap;
  /** Where profiles.yml says so: asked for when something goes wrong, as the answer takes time. */
  readonly at?: () => At;
}

/** All global flags and behaviour flags, resolved: command line > DBT_ENGINE_* > DBT_* > project > default. Keys are dbt's, in lower case. */
export type Flags = Readonly<Record<string, Data>>;

export interface Invocation {
  readonly id: string;
  /** ISO 8601, UTC, microseconds. */
  readonly startedAt: string;
  /** The clock, which TSDBT_NOW may replace. */
  readonly now: Date;
  /** Sub-command, such as `run` or `docs generate`. */
  readonly which: string;
  /** The command line as typed, starting with `dbt`. */
  readonly command: string;
}

/** What `load` gives: everything that is known before a single model is read. */
export interface Project {
  readonly root: Package;
  /** Installed packages, in dbt's order; without `root`. */
  readonly packages: readonly Package[];
  readonly target: Target;
  /** Where profiles.yml was found. Its other outputs are rendered when asked for (`renderOutput` of load). */
  readonly profilesDir: string;
  readonly cliVars: DataMap;
  readonly flags: Flags;
  readonly selectors: readonly SelectorDefinition[];
  readonly invocation: Invocation;
  /** Comment of every statement: null is dbt's own, an empty text is none. */
  readonly queryComment: { readonly comment: string | null; readonly append: boolean; readonly jobLabel: boolean };
  readonly targetPath: string;
  readonly logPath: string;
  readonly packagesPath: string;
  readonly cleanTargets: readonly string[];
  /** Folder for what tsdbt keeps between runs: `.tsdbt` beside dbt_project.yml. */
  readonly statePath: string;
  /** Variables of the environment that templates of the project's files have read, with null where a default was taken; never a secret. */
  readonly envVars: Readonly<Record<string, string | null>>;
  /** Deprecations and the like, to be said once the log is open. */
  readonly warnings: readonly Event[];
}

export interface SelectorDefinition {
  readonly name: string;
  readonly description: string;
  readonly default: boolean;
  /** As written, after rendering: a string or a tree of method, union, intersection and exclude. */
  readonly definition: Data;
  /** The whole entry, for the manifest. */
  readonly written: DataMap;
  /** The file it stands in; the entry's own line is not looked for. */
  readonly at?: At;
}

/** A file of a package, as text. `path` is relative to the folder it was found in, `file` to the package's root. */
export interface SourceFile {
  readonly packageName: string;
  readonly root: string;
  readonly searchedPath: string;
  readonly path: string;
  readonly file: string;
  readonly contents: string;
  /** Its macros as the build read them, where it did. */
  readonly indexed?: readonly IndexedMacro[];
}

/** A macro of a built-in file, read ahead: where its text lies in the file, and the calls in it that may lead to macros. */
export interface IndexedMacro {
  readonly name: string;
  readonly args: readonly string[];
  readonly languages: readonly string[] | null;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly calls: readonly (string | { readonly dispatch: string; readonly namespace: string | null })[];
}
