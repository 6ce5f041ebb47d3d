import type { CoreNode } from '../format/core.ts';
import type { NodeDetail } from '../format/detail.ts';
import type { Loose } from './loose.ts';

/** The artifacts as they were read, each undefined where it is missing; nothing about them is taken for granted. */
export interface SiteInput {
  readonly project: string;
  readonly target: string;
  readonly toolVersion: string;
  readonly manifest: unknown;
  readonly catalog?: unknown;
  readonly runResults?: unknown;
  readonly sources?: unknown;
  readonly syncs?: unknown;
  readonly storage?: unknown;
  readonly columnLineage?: unknown;
  /** Records of runs, oldest first. */
  readonly runs?: readonly unknown[];
  readonly jobs?: unknown;
  /** Nodes of the project's syncs, whether they ever ran or not. */
  readonly syncNodes?: readonly unknown[];
  /** What the definition of each sync says, by unique_id. */
  readonly syncDefinitions?: Loose;
  /** manifest.json to compare with. */
  readonly state?: unknown;
  /** The configuration trees of dbt_project.yml by name (`models`, ...): tells where a value comes from. */
  readonly trees?: Loose;
  /** What is already known to be wrong: artifacts that could not be read. */
  readonly problems?: readonly string[];
  /** Replaces secrets by `*****`. */
  readonly mask?: (text: string) => string;
  readonly options: SiteOptions;
}

export interface SiteOptions {
  /** Raw and compiled SQL on the pages. */
  readonly sql: boolean;
  readonly compiled: boolean;
}

/** What the site says, before it is encoded: plain and complete. */
export interface Site {
  readonly project: string;
  readonly target: string;
  readonly toolVersion: string;
  readonly dbtVersion: string;
  readonly generatedAt: string;
  readonly overview: string;
  readonly problems: readonly string[];
  readonly hasSql: boolean;
  readonly nodes: readonly CoreNode[];
  /** Of the nodes, in their order. */
  readonly details: readonly NodeDetail[];
  /** First words of each node's description, for search and lists. */
  readonly summaries: readonly string[];
  /** What selectors ask for, by node. */
  readonly selectable: readonly Loose[];
  readonly selectors: Loose;
  /** More chunks by name, as plain data. */
  readonly more: Readonly<Record<string, unknown>>;
}
