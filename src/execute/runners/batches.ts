import { TsdbtError } from '../../error/index.ts';
import type { ModelNode } from '../../model/index.ts';
import { PlainDate } from '../../util/data.ts';
import {
  isPeriod,
  momentOf,
  type Period,
  secondsText,
  shifted,
  type TimeWindow,
  truncated,
} from '../../util/time-window.ts';

export interface BatchSpan {
  readonly now: Date;
  /** `--event-time-start` and `-end`, or the sample. */
  readonly asked: TimeWindow | undefined;
  /** Whether the table is there and is added to. */
  readonly incremental: boolean;
}

export function isMicrobatch({ config }: ModelNode): boolean {
  return config.materialized === 'incremental' && config['incremental_strategy'] === 'microbatch';
}

/** The windows a microbatch model is built in, the oldest first. Throws TSD2003 for a model that does not say enough. */
export function batchWindows(node: ModelNode, span: BatchSpan): TimeWindow[] {
  const period = periodOf(node);
  const end = ceiling(span.asked?.end ?? span.now, period);
  const windows: TimeWindow[] = [];
  for (let start = firstStart(node, span, period, end); windows.length === 0 || start < end; ) {
    const next = shifted(start, period, 1);
    windows.push({ start, end: next < end || windows.length === 0 ? next : end });
    start = next;
  }
  const last = windows.pop()!;
  return [...windows, { start: last.start, end }];
}

/** One batch of a model: hooks run before the first and after the last. */
export function batchNode(node: ModelNode, window: TimeWindow, place: { first: boolean; last: boolean }): ModelNode {
  const [start, end] = [window.start, window.end].map(
    (edge) => new PlainDate(`${secondsText(edge)}+00:00`, 'datetime'),
  ) as [PlainDate, PlainDate];
  const name = batchName(window.start, periodOf(node));
  return {
    ...node,
    path: `${node.path.replace(/\.[^./]+$/, '')}/${node.name}_${name}.sql`,
    batch: { id: name.replaceAll('-', ''), window, event_time_start: start, event_time_end: end },
    config: {
      ...node.config,
      __dbt_internal_microbatch_event_time_start: start,
      __dbt_internal_microbatch_event_time_end: end,
      ...(place.first ? {} : { 'pre-hook': [] }),
      ...(place.last ? {} : { 'post-hook': [] }),
    },
  };
}

/** `2024-09-17`, as long as the batch is long. */
export function batchName(start: Date, period: Period): string {
  const length = { year: 4, month: 7, day: 10, hour: 13 }[period];
  return start.toISOString().slice(0, length);
}

export function periodOf(node: ModelNode): Period {
  const size = node.config['batch_size'];
  if (isPeriod(size)) return size;
  throw wrong(
    node,
    `Microbatch model '${node.name}' does not have a 'batch_size' config (one of hour, day, month, year)`,
  );
}

function firstStart(node: ModelNode, { asked, incremental }: BatchSpan, period: Period, end: Date): Date {
  if (asked !== undefined) return truncated(asked.start, period);
  if (incremental) {
    // The end is the end of a batch, so the newest batch begins one period before it.
    return shifted(end, period, -(Number(node.config['lookback'] ?? 1) + 1));
  }
  const begin = node.config['begin'];
  if (begin === null || begin === undefined)
    throw wrong(node, `Microbatch model '${node.name}' requires a 'begin' configuration.`);
  const moment = momentOf(begin instanceof PlainDate ? begin.iso : String(begin));
  if (moment === undefined)
    throw wrong(node, `'begin' of microbatch model '${node.name}' is no date: ${String(begin)}`);
  return truncated(moment, period);
}

function ceiling(moment: Date, period: Period): Date {
  const floor = truncated(moment, period);
  return floor.getTime() === moment.getTime() ? floor : shifted(floor, period, 1);
}

function wrong(node: ModelNode, message: string): TsdbtError {
  const at = { file: node.original_file_path, line: 1, col: 0 };
  return new TsdbtError({ code: 'TSD2003', message, at, hint: "Add it to the model's config()." });
}
