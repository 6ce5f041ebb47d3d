import type { History } from '../history/types.ts';
import type { LockStore } from '../lock/types.ts';
import type { Clock, JobDefinition, RunEnd, SkipReason, StepRunner, UnitResult } from '../types.ts';

/** What a job did, for a person who looks on. */
export interface JobEvent {
  readonly job: string;
  readonly phase: 'begin' | 'wait' | 'step' | 'retry' | 'end' | 'alert' | 'promise';
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** What somebody has to be told. */
export interface Alert {
  readonly kind: 'failure' | 'recovery' | 'late' | 'fresh' | 'dead';
  readonly job: string;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly message: string;
  readonly failed: readonly UnitResult[];
}

/** The world a run lives in, all of it given. */
export interface JobWorld {
  readonly clock: Clock;
  readonly locks: LockStore;
  /** Milliseconds between two renewals of the lock. */
  readonly renewEvery: number;
  readonly history: History;
  readonly runStep: StepRunner;
  readonly emit: (event: JobEvent) => void;
  /** Delivers an alert; gives why it could not, and never throws. */
  readonly alert: (alert: Alert) => Promise<string | undefined>;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

export interface JobRun {
  readonly job: JobDefinition;
  /** All jobs: a wait asks for another's schedule. */
  readonly jobs: readonly JobDefinition[];
  readonly runId: string;
}

/** Seconds, rows and bytes are those of all steps and tries. */
export interface JobResult {
  readonly job: string;
  readonly runId: string;
  readonly status: RunEnd;
  readonly skipped?: SkipReason | undefined;
  readonly message?: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attempts: number;
  readonly rows: number;
  readonly bytes: number;
  readonly failed: readonly UnitResult[];
  /** Rows that a service refused in this run; they are kept. */
  readonly dead: readonly UnitResult[];
}
