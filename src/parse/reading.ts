import type { ContextEnvironment, MacroLibrary } from '../context/index.ts';
import type { Package, Project } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import type { Configs } from './config/configs.ts';
import type { FileEntry } from './files/discover.ts';
import type { FileKind } from './files/kinds.ts';
import type { NodeParts } from './nodes/sql-nodes.ts';
import type { Problems } from './problems.ts';
import type { Templates } from './templating/templates.ts';
import type { Found } from './types.ts';
import type { AllProperties } from './yaml/read-all.ts';

/** The parse as far as it has come: what was found, and what everything is read with. */
export interface Reading {
  readonly project: Project;
  readonly environment: ContextEnvironment;
  readonly packages: readonly Package[];
  readonly files: Files;
  readonly found: Found;
  readonly problems: Problems;
  readonly configs: Configs;
  readonly library: MacroLibrary;
  /** The line of its file at which a macro begins, by unique id. */
  readonly macroLines: Readonly<Record<string, number>>;
  readonly templates: Templates;
  readonly parts: NodeParts;
  readonly properties: AllProperties;
  /** dbt's flag require_ref_searches_node_package_before_root. */
  readonly nodeFirst: boolean;
  /** dbt_project.yml's quoting over the database's own. */
  readonly quoting: DataMap;
}

/** All files of all packages, in order of packages. */
export interface Files {
  of(kind: FileKind): readonly FileEntry[];
  /** All of them, and each package's dbt_project.yml. */
  all(): Iterable<FileEntry>;
  /** As a person would open it. */
  shown(entry: FileEntry): string;
}
