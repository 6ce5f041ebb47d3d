import type { At } from '../error/index.ts';
import type { DataMap } from '../util/data.ts';
import type { Cron } from './plan/cron.ts';
import type { Window } from './plan/window.ts';
import type { Post } from './post/types.ts';

/** Commands that work on nodes. */
export type NodeCommand = 'run' | 'build' | 'test' | 'seed' | 'snapshot';

/** Which nodes a step takes, in the words of the command line. */
export interface Selection {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly selector: string | undefined;
  readonly full_refresh: boolean;
  readonly vars: DataMap | undefined;
  readonly target: string | undefined;
}

type StepWork =
  | { readonly kind: NodeCommand; readonly selection: Selection }
  | { readonly kind: 'truncate'; readonly models: readonly string[] }
  | { readonly kind: 'sync'; readonly names: readonly string[] }
  | { readonly kind: 'operation'; readonly macro: string; readonly args: DataMap }
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'post'; readonly post: Post };

/** `timeout` in seconds. */
export type Step = StepWork & { readonly timeout: number | undefined; readonly at: At };

/** What must have succeeded before a job begins. `limit` in seconds: how long it waits. */
export type Wait =
  | { readonly kind: 'job'; readonly job: string; readonly limit: number }
  /** `within` in seconds: how old the model's last success may be. */
  | { readonly kind: 'model'; readonly model: string; readonly within: number; readonly limit: number };

/** A model that is never older than `within` seconds, or somebody is told. */
export interface FreshnessPromise {
  readonly model: string;
  readonly within: number;
}

/** All durations in seconds. */
export interface JobDefinition {
  readonly name: string;
  readonly description: string;
  readonly at: At;
  readonly schedule: Cron;
  readonly steps: readonly Step[];
  /** Of the whole run, retries and the pauses before them included; the wait before it has its own limit. */
  readonly timeout: number;
  readonly skip: readonly Window[];
  readonly retry: { readonly times: number; readonly delay: number };
  readonly waitFor: readonly Wait[];
  readonly notify: { readonly failure: boolean; readonly recovery: boolean };
  readonly promises: readonly FreshnessPromise[];
}

/** Time, which a test may give: milliseconds since 1970 and a sleep that ends early when aborted. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What happened to one node, sync or statement of a step. */
export interface UnitResult {
  readonly name: string;
  readonly status: string;
  readonly seconds: number;
  readonly rows?: number;
  readonly bytes?: number;
  readonly message?: string;
}

export interface StepOutcome {
  readonly ok: boolean;
  readonly units: readonly UnitResult[];
  /** Nodes a retry takes up again; empty where the whole step has to be done anew. */
  readonly unfinished: readonly string[];
  readonly message?: string | undefined;
}

/** Runs one step. `only`: what the try before left unfinished. Never throws but for faults of ours. */
export type StepRunner = (
  step: Step,
  options: { readonly only: readonly string[] | undefined; readonly signal: AbortSignal; readonly runId: string },
) => Promise<StepOutcome>;

/** How a run ended. `lost`: its process died. */
export type RunEnd = 'success' | 'failed' | 'timeout' | 'interrupted' | 'lost' | 'skipped';

/** Why a run was not begun. */
export type SkipReason = 'overlap' | 'window' | 'wait';
