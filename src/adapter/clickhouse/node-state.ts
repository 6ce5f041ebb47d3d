import type { Step, Value } from '../../jinja/index.ts';
import type { QueryResult, Settings } from './driver/index.ts';
import type { Relation } from './objects/relation.ts';
import type { ServerContext } from './server-context.ts';

export interface RunOptions {
  /** Keep the rows; without, they are dropped. */
  readonly fetch: boolean;
  readonly settings?: Settings | undefined;
}

/** One node's connection as the methods of `adapter` use it. */
export interface NodeState {
  readonly server: ServerContext;
  readonly connectionName: string;
  /** Relations to drop when the node ends, if it has not done so itself; by their printed name. */
  readonly leftBehind: Map<string, Relation>;
  /** Columns read in this node, by relation; forgotten when a statement may have changed some. */
  readonly columns: Map<string, Value>;
  /** Runs one statement. Throws DatabaseError; offline TSD3002. */
  run(sql: string, options: RunOptions): Promise<QueryResult>;
  callMacro(name: string, ...args: Value[]): Step<Value>;
}

/** Methods of `adapter` by name, each made for one node when it is first named. */
export type Methods = Readonly<Record<string, (node: NodeState) => Value>>;
