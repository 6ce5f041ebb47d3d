import { randomUUID } from 'node:crypto';
import { isTsdbtError, TsdbtError } from '../../error/index.ts';
import type { Step, Value } from '../../jinja/index.ts';
import type { CallMacro, NodeSession, SessionOptions } from '../types.ts';
import type { QueryResult } from './driver/index.ts';
import { Facade } from './facade/facade.ts';
import type { NodeState, RunOptions } from './node-state.ts';
import { type Relation, viewsFirst } from './objects/relation.ts';
import { unreachable } from './offline.ts';
import { defaultComment, withComment } from './query-comment.ts';
import type { ServerContext } from './server-context.ts';
import { changesSession, keepsColumns } from './statement-kind.ts';

/** One node's statements: their comment, their query ids, one session on the server from the first SET on. */
export class ClickHouseSession implements NodeSession, NodeState {
  readonly facade: Value;
  readonly server: ServerContext;
  readonly connectionName: string;
  readonly leftBehind = new Map<string, Relation>();
  readonly columns = new Map<string, Value>();
  lastQueryId: string | undefined;
  private readonly options: SessionOptions;
  private sessionId: string | undefined;
  private macros: CallMacro | undefined;

  constructor(server: ServerContext, options: SessionOptions) {
    this.server = server;
    this.options = options;
    this.connectionName = options.connectionName;
    this.facade = new Facade(this);
  }

  bindMacros(call: CallMacro): void {
    this.macros = call;
  }

  callMacro(name: string, ...args: Value[]): Step<Value> {
    if (this.macros === undefined)
      throw new TsdbtError({ code: 'TSD2003', message: `macro ${name} is called before the node's macros are known` });
    return this.macros(name, args);
  }

  async run(sql: string, { fetch, settings }: RunOptions): Promise<QueryResult> {
    const { driver, emit } = this.server;
    if (driver === undefined) throw unreachable(sql);
    if (!keepsColumns(sql)) this.columns.clear();
    if (this.sessionId === undefined && changesSession(sql)) this.sessionId = `dbt::${randomUUID()}`;
    const text = this.commented(sql);
    const queryId = randomUUID();
    this.lastQueryId = queryId;
    emit({ name: 'SQLQuery', node: this.options.nodeId, data: { conn_name: this.connectionName, sql: text } });
    const begin = performance.now();
    const result = await driver.query(this.server.profile.withPassword(text), {
      queryId,
      settings,
      sessionId: this.sessionId,
      abort: this.options.abort,
      ...(fetch ? {} : { fetch: false }),
    });
    const elapsed = (performance.now() - begin) / 1000;
    emit({ name: 'SQLQueryStatus', node: this.options.nodeId, data: { status: 'OK', elapsed } });
    return result;
  }

  async close(): Promise<void> {
    const { driver } = this.server;
    if (driver === undefined) return;
    for (const relation of viewsFirst([...this.leftBehind.values()])) await this.remove(relation);
    this.leftBehind.clear();
    if (this.sessionId !== undefined) await driver.endSession(this.sessionId);
    this.sessionId = undefined;
  }

  /** Not by run(): what aborted the node must not keep its remains. */
  private async remove(relation: Relation): Promise<void> {
    const { driver, emit, profile, cache } = this.server;
    const onCluster =
      profile.cluster !== null && relation.state.canOnCluster ? ` ON CLUSTER "${profile.cluster}" SYNC` : '';
    try {
      await driver?.query(this.commented(`drop table if exists ${relation.render()}${onCluster}`), { fetch: false });
      cache.drop(relation);
    } catch (error) {
      this.server.leavesBehind();
      const reason = isTsdbtError(error) ? error.message : String(error);
      emit({ name: 'AdapterEventWarning', data: { base_msg: `${relation.render()} is left behind: ${reason}` } });
    }
  }

  private commented(sql: string): string {
    const { queryComment, appendComment, nodeId } = this.options;
    const { connectionName } = this;
    const comment =
      queryComment === undefined
        ? defaultComment({ ...this.server.commentFields, nodeId, connectionName })
        : queryComment;
    return withComment(sql.trim(), comment, appendComment === true);
  }
}
