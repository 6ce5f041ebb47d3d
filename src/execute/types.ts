import type { Adapter } from '../adapter/index.ts';
import type { Compiler, Place } from '../compile/index.ts';
import type { ProjectGraph } from '../graph/index.ts';
import type { CompilableNode, Emit, GraphNode, Node, Project, RunResult, RunStatus } from '../model/index.ts';
import type { DataMap } from '../util/data.ts';
import type { TimeWindow } from '../util/time-window.ts';

/** What running nodes needs, all of it given by main. */
export interface ExecuteInput {
  readonly compiler: Compiler;
  readonly adapter: Adapter;
  /** The selected nodes alone, with the edges by which they wait for each other. */
  readonly graph: ProjectGraph;
  readonly threads: number;
  readonly failFast: boolean;
  readonly emit: Emit;
  /** Keeps text below the target folder: compiled and executed SQL. `path` is relative to the project. */
  readonly write: (path: string, text: string) => void;
  /** Hooks stand around the run; a `compile` of everything compiles them; some commands leave them out. */
  readonly hooks: 'run' | 'compile' | 'none';
  /** The project's comment of every statement: null is dbt's own, an empty text is none. */
  readonly queryComment: Project['queryComment'];
  /** `clone`: where each node's original lies. Nothing is built by a node's own code then. */
  readonly clones?: ReadonlyMap<string, Place> | undefined;
  /** Schemas of other environments whose relations must be known. */
  readonly alsoRead?: readonly string[];
  /** `compile` stops before the database is changed. */
  readonly compileOnly: boolean;
  /** The clock, and the part of time that microbatch models are asked for. */
  readonly eventTime: { readonly now: Date; readonly asked: TimeWindow | undefined };
  /** Of a retry: what an earlier run made of microbatch models, by unique_id. */
  readonly batchesBefore?: ReadonlyMap<string, BatchesBefore> | undefined;
  /** Aborted by Ctrl-C: nothing new is started. */
  readonly interrupted: AbortSignal;
}

/** The windows of a microbatch model that are built, and those that are still to be. */
export interface BatchesBefore {
  readonly successful: readonly TimeWindow[];
  readonly failed: readonly TimeWindow[];
}

export interface ExecuteOutcome {
  readonly results: readonly RunResult[];
  /** Nodes as compiling left them, by unique_id; for manifest.json. */
  readonly compiled: ReadonlyMap<string, Node>;
  readonly elapsed: number;
}

/** What one runner makes of one node. */
export interface Outcome {
  readonly status: RunStatus;
  readonly message: string | null;
  readonly failures: number | null;
  readonly adapterResponse: DataMap;
  /** Of a microbatch model: `successful` and `failed` windows. */
  readonly batchResults?: DataMap;
  /** What was thrown, where that is how it ended. */
  readonly error?: unknown;
}

/** A node in the middle of its run: what a runner is given. */
export interface Running<T extends GraphNode = GraphNode> {
  readonly node: T;
  readonly input: ExecuteInput;
  /** Notes how far the work is, for the timing of run results. */
  readonly compiled: (node: CompilableNode) => void;
}
