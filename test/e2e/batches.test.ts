import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallProject, smallProject } from './small-project.ts';

let project: SmallProject;
const DAYS = 8;

beforeAll(async () => {
  const batched = (more: string): string => `{{ config(materialized='incremental', incremental_strategy='microbatch',
      event_time='day', batch_size='day', begin='2024-01-01', unique_key='id', order_by='id'${more}) }}
    select id, day, sleepEachRow(0.05) as slept from {{ ref('days') }}`;
  project = await smallProject({
    'models/days.sql': `{{ config(materialized='table', event_time='day') }}
      select number as id, toDateTime('2024-01-01', 'UTC') + intDiv(number, 3) * 86400 as day from numbers(${3 * DAYS})`,
    'models/beside.sql': batched(", concurrent_batches=true, pre_hook='set max_threads = 1'"),
    'models/in_turn.sql': batched(''),
  });
}, 120_000);
afterAll(() => project?.remove());

it('batches run side by side where the model says so, the first and the last by themselves', async () => {
  const span = ['--event-time-start', '2024-01-01', '--event-time-end', `2024-01-0${DAYS + 1}`];
  for (const again of [false, true]) {
    const { code, stdout } = await project.run(['run', ...span, '--threads', '4', ...(again ? ['-s', 'beside'] : [])]);
    expect(code, stdout).toBe(0);
    const at = (what: string, batch: number, model: string): number =>
      stdout.indexOf(`${what} batch 2024-01-0${batch} of \`main\`.\`${model}\``);
    expect(at('START', 4, 'beside')).toBeLessThan(at('created', 2, 'beside'));
    expect(at('START', 2, 'beside')).toBeGreaterThan(at('created', 1, 'beside'));
    for (let day = 2; day < DAYS; day++) {
      expect(at('START', DAYS, 'beside')).toBeGreaterThan(at('created', day, 'beside'));
      if (!again) expect(at('START', day + 1, 'in_turn')).toBeGreaterThan(at('created', day, 'in_turn'));
    }
    const [result] = project
      .artifact('run_results.json')
      .results.filter(({ unique_id }: { unique_id: string }) => unique_id.endsWith('.beside'));
    expect(result.batch_results.successful.map(([start]: [string]) => start.slice(8, 10))).toEqual(
      Array.from({ length: DAYS }, (_, i) => `0${i + 1}`),
    );
    const sum = 'select count(), count(distinct id), sum(id) from main.beside';
    expect(await project.rows(sum)).toEqual([[24, 24, 276]]);
    expect(await project.rows("select name from system.tables where database = 'main' order by name")).toEqual([
      ['beside'],
      ['days'],
      ['in_turn'],
    ]);
  }
}, 120_000);
