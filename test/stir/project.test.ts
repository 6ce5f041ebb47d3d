import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseNodes } from '../../src/main/nodes.ts';
import { openProject, type Session } from '../../src/main/open-project.ts';
import type { Request } from '../../src/main/request.ts';
import { runTsdbt } from '../e2e/checkout.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = {
  'staging/beat': 13,
  'staging/coffee': 16,
  'marts/discovery': 16,
  'marts/leaderboard': 14,
  'marts/collection': 13,
  'marts/profile_stats_full': 8,
  'marts/profile_stats_partial': 6,
  'marts/genre': 7,
  'marts/audience': 4,
  'marts/posts': 3,
  'marts/staging_collection': 9,
  'marts/orders': 1,
  'marts/other': 2,
};
const JOBS = [
  'recent_scl',
  'post_ranker_partial',
  'core',
  'collections',
  'staging_collections',
  'hourly',
  'gcc_orders',
  'account_tracker',
  'post_ranker',
  'daily',
  'weekly',
];
const PUSHED_TO_POSTGRES = [
  'mart_leaderboard',
  'mart_time_series',
  'mart_collection_post_metrics_summary',
  'mart_genre_trending_content',
  'mart_genre_overview',
  'mart_instagram_post_hashtags',
  'mart_instagram_account',
  'mart_youtube_account',
  'mart_linked_socials',
  'mart_audience_info',
  'mart_post_location',
  'mart_gcc_orders',
  'mart_collection_post',
  'mart_collection_post_ts',
];

let session: Session;

beforeAll(async () => {
  session = await openProject(request({}));
});

describe('the reference project', () => {
  it('has 112 models, so many in each folder', () => {
    const folders: Record<string, number> = {};
    for (const { original_file_path: path } of models()) {
      const folder = path.split('/').slice(1, -1).join('/');
      folders[folder] = (folders[folder] ?? 0) + 1;
    }
    expect(folders).toEqual(FOLDERS);
    expect(models()).toHaveLength(112);
  });

  it('is listed with a line for each model', async () => {
    const { stdout, code } = await runTsdbt(ROOT, [
      'ls',
      '--resource-type',
      'model',
      '--target-path',
      join(tmpdir(), 'tsdbt-ls'),
    ]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(112);
  });

  it('counts the models of each tag', () => {
    const counts: Record<string, number> = {};
    for (const tag of models().flatMap((model) => model.tags)) counts[tag] = (counts[tag] ?? 0) + 1;
    expect(counts).toEqual({
      account_tracker: 2,
      collections: 25,
      core: 11,
      daily: 28,
      deprecated: 2,
      gcc_orders: 3,
      hourly: 15,
      leaderboard: 10,
      post_ranker: 8,
      post_ranker_partial: 10,
      recent_scl: 2,
      staging_collections: 9,
      weekly: 10,
    });
  });

  it('tags every model; eleven are core, two are deprecated', () => {
    expect(models().filter((model) => model.tags.length === 0)).toEqual([]);
    expect(tagged('core')).toHaveLength(11);
    expect(tagged('deprecated')).toHaveLength(2);
    expect(tagged('core').some((model) => model.tags.includes('deprecated'))).toBe(true);
  });

  it('says of every model its grain, its reader and its question, and of every column what it is', () => {
    const vague = models().filter((model) => !/^(Deprecated\. )?One row per .*Answers: .*\?/s.test(model.description));
    expect(vague.map((model) => model.name)).toEqual([]);
    const silent = models().filter((model) =>
      Object.values(model.columns).some((column) => !column.description || !column.data_type),
    );
    expect(silent.map((model) => model.name)).toEqual([]);
  });

  it('tests the key of every model and gives every mart a unit test', () => {
    const keyed = new Set<string>();
    for (const test of Object.values(session.parsed.manifest.nodes)) {
      if (test.resource_type !== 'test' || test.attached_node === undefined) continue;
      if (/\.unique/.test(test.unique_id)) keyed.add(String(test.attached_node));
    }
    const unkeyed = models().filter((model) => !keyed.has(model.unique_id));
    expect(unkeyed.map((model) => model.name)).toEqual([]);
    const unitTested = new Set(Object.values(session.parsed.manifest.unit_tests).map((test) => test.model));
    const untested = models().filter((model) => model.name.startsWith('mart_') && !unitTested.has(model.name));
    expect(untested.map((model) => model.name)).toEqual([]);
  });

  it('enforces a contract on what is pushed to Postgres and on what the pages of the product read', () => {
    const { nodes, exposures } = session.parsed.manifest;
    const onPages = Object.values(exposures).flatMap(({ depends_on }) => depends_on.nodes.map((id) => nodes[id]!.name));
    expect(onPages.length).toBeGreaterThan(PUSHED_TO_POSTGRES.length);
    const read = new Set([...PUSHED_TO_POSTGRES, ...onPages]);
    const loose = models().filter(
      (model) =>
        read.has(model.name) && (model.config['contract'] as { enforced?: boolean } | undefined)?.enforced !== true,
    );
    expect(loose.map((model) => model.name)).toEqual([]);
  });

  it("documents every macro but the generator's inner ones, each argument too", () => {
    const vague = ownMacros().filter(
      ({ description, arguments: args }) => !description || args.some((one) => !one.description || !one.type),
    );
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it('tests every macro: by rows of its own, or by the unit tests of a model that calls it', () => {
    const { nodes, macros, unit_tests } = session.parsed.manifest;
    const unitTested = new Set(Object.values(unit_tests).map(({ model }) => model));
    const tests = Object.values(nodes).filter(
      ({ name, resource_type: type, ...node }) =>
        (type === 'test' && !('test_metadata' in node && node.test_metadata)) ||
        (type === 'model' && unitTested.has(name)),
    );
    const tested = new Set<string>();
    const reach = (ids: readonly string[]): void => {
      for (const id of ids) {
        if (tested.has(id)) continue;
        tested.add(id);
        reach(macros[id]?.depends_on.macros ?? []);
      }
    };
    for (const test of tests) if ('depends_on' in test) reach(test.depends_on.macros);
    const untested = ownMacros().filter(({ unique_id }) => !tested.has(unique_id));
    // The generator is judged by the worlds it makes (generator.test.ts).
    expect(untested.map(({ name }) => name)).toEqual(['generate_sources', 'advance']);
  });

  it('writes nothing twice: no two marts are alike but for names, unless a macro says what they share', () => {
    const shapes = new Map<string, string[]>();
    for (const { name, raw_code: sql } of models().filter((model) => model.name.startsWith('mart_'))) {
      const body = sql!.replace(/\{\{\s*config\([\s\S]*?\)\s*\}\}|--.*|\{#[\s\S]*?#\}/g, '');
      // A single call: what it does is written in the macro.
      if (/^\s*\{\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\}\}\s*$/.test(body)) continue;
      const shape = unnamed(body);
      shapes.set(shape, [...(shapes.get(shape) ?? []), name]);
    }
    expect(shapes.size).toBeGreaterThan(50);
    expect([...shapes.values()].filter((names) => names.length > 1)).toEqual([]);
    expect(unnamed("select a, b + a from {{ ref('x') }}")).toBe(unnamed("select  c, d + c from {{ ref('y') }}"));
  });

  it('never gives one model to two jobs, and every model but the deprecated to one', async () => {
    const owners = new Map<string, string[]>();
    for (const job of JOBS) {
      const chosen = await chooseNodes({ ...session, request: request({ selector: job }) });
      expect(chosen.size, job).toBeGreaterThan(0);
      for (const id of chosen) if (id.startsWith('model.')) owners.set(id, [...(owners.get(id) ?? []), job]);
    }
    expect([...owners].filter(([, jobs]) => jobs.length > 1)).toEqual([]);
    const forgotten = models().filter((model) => !owners.has(model.unique_id));
    expect(forgotten.map((model) => model.tags.includes('deprecated'))).toEqual([true, true]);
  });
});

function request(given: Readonly<Record<string, unknown>>): Request {
  return {
    which: 'ls',
    given,
    argv: ['ls'],
    cwd: ROOT,
    env: {},
    invocationId: '00000000-0000-4000-8000-000000000000',
    emit: () => {},
    opened: () => {},
    interrupted: new AbortController().signal,
  };
}

function models() {
  return Object.values(session.parsed.manifest.nodes).filter((node) => node.resource_type === 'model');
}

function ownMacros() {
  const { macros } = session.parsed.manifest;
  return Object.values(macros).filter(
    ({ package_name, name }) => package_name === 'gcc_social' && !name.startsWith('gen_'),
  );
}

/** The text with each name and literal replaced by the number of its first appearance. */
function unnamed(sql: string): string {
  const seen = new Map<string, number>();
  return (sql.match(/'[^']*'|\w+|\S/g) ?? [])
    .map((word) => {
      if (!/^['\w]/.test(word)) return word;
      if (!seen.has(word)) seen.set(word, seen.size);
      return seen.get(word);
    })
    .join(' ');
}

function tagged(tag: string) {
  return models().filter((model) => model.tags.includes(tag));
}
