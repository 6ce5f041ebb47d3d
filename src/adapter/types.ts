import type { Step, Value } from '../jinja/index.ts';
import type { Emit, Flags, Target } from '../model/index.ts';
import type { Driver } from './clickhouse/driver/index.ts';

/** Calls a macro by dbt's look-up in the scope of a node, e.g. `drop_relation`. */
export type CallMacro = (name: string, args: readonly Value[], kwargs?: ReadonlyMap<string, Value>) => Step<Value>;

export interface AdapterOptions {
  /** Undefined where no server can be reached: every relation is absent, and a statement is an error. */
  readonly driver: Driver | undefined;
  readonly target: Target;
  readonly flags: Flags;
  readonly invocationId: string;
  readonly emit: Emit;
  /** Whether an invocation is known to have ended without clearing up after itself. */
  readonly isDead?: (invocationId: string) => boolean;
  /** Told that a staging relation of this invocation could not be dropped. */
  readonly leavesBehind?: () => void;
}

export interface SessionOptions {
  /** unique_id of the node, or undefined for work of no node. Shown in the query comment. */
  readonly nodeId: string | undefined;
  /** The name events carry, e.g. `model.shop.orders` or `list_shop`. */
  readonly connectionName: string;
  /** The project's own query comment, rendered; null for none; undefined for dbt's default. */
  readonly queryComment?: string | null | undefined;
  /** The comment stands behind the statement instead of before it. */
  readonly appendComment?: boolean | undefined;
  /** Aborting kills the statement that runs. */
  readonly abort?: AbortSignal | undefined;
}

/** One node's connection: its settings hold for the node, and what it leaves behind is removed when it closes. */
export interface NodeSession {
  /** Template global `adapter`. */
  readonly facade: Value;
  /** Gives the facade the macros it must call, such as `drop_relation`; once the node's scope is there. */
  bindMacros(call: CallMacro): void;
  /** query_id of the last statement, for messages. */
  readonly lastQueryId: string | undefined;
  /** Drops staging relations that are still there and ends the server's session. Never throws. */
  close(): Promise<void>;
}

export interface Adapter {
  /** False: offline. */
  readonly connected: boolean;
  /** Reads what exists in these schemas, in one query; call before the first node. Schemas already known are not asked for again. */
  loadCatalog(schemas: readonly string[]): Promise<void>;
  /** Whether there is such a relation; after loadCatalog of its schema. */
  exists(schema: string, identifier: string): boolean;
  /** Those of the schemas that do not exist; after loadCatalog. */
  missingSchemas(schemas: readonly string[]): readonly string[];
  /** Creates schemas that do not exist by the macro `create_schema`; what exists is not asked for again. */
  createSchemas(schemas: readonly string[], session: NodeSession): Promise<void>;
  session(options: SessionOptions): NodeSession;
}
