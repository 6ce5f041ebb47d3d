import { type Line, MAIN_THREAD } from './line.ts';

/** dbt's structured log: one object on a line, keys sorted as dbt sorts them. */
export function jsonLine(line: Line, invocationId: string): string {
  const category = '';
  const { name, data } = line.event;
  const micros = line.at.toISOString().replace('Z', '000Z');
  const info = {
    category,
    code: line.code,
    extra: {},
    invocation_id: invocationId,
    level: line.level,
    msg: line.msg,
    name,
    pid: process.pid,
    thread: line.event.thread ?? MAIN_THREAD,
    ts: micros,
  };
  return JSON.stringify({ data: plainData(data), info });
}

/** Integers beyond 2^53 become text in JSON's stead of an exception; undefined fields go. */
function plainData(data: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
}
