import type { NodeSession } from '../../adapter/index.ts';
import { pyFunction, runAsync, type Value } from '../../context/index.ts';
import type { ModelNode } from '../../model/index.ts';
import type { TimeWindow } from '../../util/time-window.ts';
import { announceBatch } from '../batch-lines.ts';
import { failureMessage } from '../failure.ts';
import { nodeInfo } from '../node-info.ts';
import type { BatchesBefore, Outcome, Running } from '../types.ts';
import { batchName, batchNode, batchWindows, periodOf } from './batches.ts';
import { materialize } from './materialize.ts';

/**
 * Builds a model batch by batch, the oldest first. After a first batch that failed there is no table for the others. With
 * `concurrent_batches: true` those between the first and the last, which have the hooks, run side by side.
 */
export async function runMicrobatch(running: Running<ModelNode>, session: NodeSession): Promise<Outcome> {
  const { input, node } = running;
  const before = batchesBefore(running);
  // What is built already must stay, even where the run before was a full refresh.
  let incremental = before !== undefined || (await isIncremental(running, session));
  const { now, asked } = input.eventTime;
  const windows = before?.failed ?? batchWindows(node, { now, asked, incremental });
  const done: TimeWindow[] = [...(before?.successful ?? [])];
  const failed: TimeWindow[] = [];
  const build = async (window: TimeWindow, index: number): Promise<void> => {
    if ((index > 0 && done.length === 0) || input.interrupted.aborted) {
      failed.push(window);
      return;
    }
    const place = { index: index + 1, total: windows.length, name: batchName(window.start, periodOf(node)) };
    const began = announceBatch(input, node, place);
    try {
      const batch = batchNode(node, window, { first: index === 0, last: index === windows.length - 1 });
      await runBatch(running, session, batch, incremental);
      done.push(window);
      incremental = true;
      began.ended();
    } catch (error) {
      failed.push(window);
      began.ended(failureMessage(error, node));
    }
  };
  const steps = windows.map((window, index) => () => build(window, index));
  const between = node.config['concurrent_batches'] === true ? input.threads : 1;
  await inTurn(steps.slice(0, 1), 1);
  await inTurn(steps.slice(1, -1), between);
  await inTurn(steps.slice(1).slice(-1), 1);
  const byTime = (a: TimeWindow, b: TimeWindow): number => a.start.getTime() - b.start.getTime();
  return outcomeOf(done.sort(byTime), failed.sort(byTime));
}

/** Takes the steps in their order, at most `width` at a time. */
async function inTurn(steps: readonly (() => Promise<void>)[], width: number): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < steps.length) await steps[next++]!();
  };
  await Promise.all(Array.from({ length: width }, work));
}

/** Where the table has gone since, nothing of it is built. */
function batchesBefore({ input, node }: Running<ModelNode>): BatchesBefore | undefined {
  const before = input.batchesBefore?.get(node.unique_id);
  return before !== undefined && input.adapter.exists(node.schema, node.alias) ? before : undefined;
}

async function runBatch(
  { input, node: model }: Running<ModelNode>,
  session: NodeSession,
  batch: ModelNode,
  incremental: boolean,
): Promise<void> {
  const node = await runAsync(input.compiler.compile(batch, session.facade));
  const sql = node.compiled_code ?? '';
  if (node.compiled_path !== null) input.write(node.compiled_path, sql);
  const node_info = nodeInfo(model, { status: 'compiling', started: new Date() });
  input.emit({ name: 'WritingInjectedSQLForNode', data: { node_info } });
  const words = new Map<string, Value>([
    ['sql', sql],
    ['compiled_code', sql],
  ]);
  if (incremental) {
    words.set(
      'is_incremental',
      pyFunction('is_incremental', [], () => true),
    );
    words.set(
      'should_full_refresh',
      pyFunction('should_full_refresh', [], () => false),
    );
  }
  await materialize(input, session, node, words);
}

/** As the project's own macro tells. */
async function isIncremental({ input, node }: Running<ModelNode>, session: NodeSession): Promise<boolean> {
  const macro = input.compiler.input.library.find('is_incremental', node.package_name);
  if (macro === undefined) return false;
  return (await runAsync(macro.call(input.compiler.context(node, session.facade).scope, []))) === true;
}

function outcomeOf(done: readonly TimeWindow[], failed: readonly TimeWindow[]): Outcome {
  const told = (windows: readonly TimeWindow[]) => windows.map(({ start, end }) => [isoText(start), isoText(end)]);
  const base = { failures: 0, adapterResponse: {}, batchResults: { successful: told(done), failed: told(failed) } };
  if (failed.length === 0) return { ...base, status: 'success', message: 'SUCCESS' };
  if (done.length === 0) return { ...base, status: 'error', message: 'ERROR' };
  const message = `PARTIAL SUCCESS (${done.length}/${done.length + failed.length})`;
  return { ...base, status: 'partial success', message };
}

function isoText(moment: Date): string {
  return moment.toISOString().replace('.000Z', '+00:00');
}
