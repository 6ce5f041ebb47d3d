// npm run bench -- events: CPU seconds that 10,000 events cost in JSON, above those of a run that says nothing. Limit: 0.3.
import { openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReporter, type ReportOptions } from '../../src/report/index.ts';

const EVENTS = 10_000;
const folder = join(tmpdir(), `tsdbt-events-${process.pid}`);
const sink = openSync('/dev/null', 'w');

const nodeInfo = (index: number) => ({
  unique_id: `model.shop.model_${index}`,
  node_name: `model_${index}`,
  node_path: `marts/model_${index}.sql`,
  resource_type: 'model',
  materialized: 'table',
  node_status: 'success',
  node_started_at: '2026-01-01T00:00:00.000000',
  node_finished_at: '2026-01-01T00:00:01.000000',
  node_checksum: '0'.repeat(64),
  meta: { owner: 'somebody', tags: ['a', 'b'] },
  node_relation: {
    database: '',
    schema: 'shop',
    alias: `model_${index}`,
    relation_name: `\`shop\`.\`model_${index}\``,
  },
});

function seconds(options: Pick<ReportOptions, 'format' | 'level'>, logged: 'debug' | 'none'): number {
  const reporter = createReporter({
    ...options,
    ...{ colors: false, printerWidth: 80, invocationId: '00000000-0000-0000-0000-000000000000' },
    write: (text) => void writeSync(sink, text),
  });
  const path = join(folder, 'dbt.log');
  reporter.opened(folder, { path, format: 'json', level: logged, maxBytes: 10_485_760 }, {});
  const before = process.cpuUsage();
  for (let index = 0; index < EVENTS; index++) {
    const data = {
      description: `sql table model shop.model_${index}`,
      index,
      total: EVENTS,
      node_info: nodeInfo(index),
    };
    reporter.emit({ name: 'LogModelResult', data: { ...data, status: 'OK', execution_time: 0.12 } });
  }
  reporter.close();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (run: () => number): number => Array.from({ length: 7 }, run).sort((a, b) => a - b)[3]!;
const silent = median(() => seconds({ format: 'text', level: 'none' }, 'none'));
const screen = median(() => seconds({ format: 'json', level: 'debug' }, 'none'));
const both = median(() => seconds({ format: 'json', level: 'debug' }, 'debug'));
rmSync(folder, { recursive: true, force: true });
console.table([
  { what: `${EVENTS} events`, 'CPU s': silent.toFixed(3), limit: 'the floor' },
  { what: '… as JSON on stdout', 'CPU s': screen.toFixed(3), limit: '0.3 above it' },
  { what: '… and in dbt.log too', 'CPU s': both.toFixed(3), limit: '' },
]);
