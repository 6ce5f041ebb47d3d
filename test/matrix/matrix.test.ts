import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { ROOT } from '../e2e/root.ts';
import { allCases } from './cases.ts';
import { differences } from './differences.ts';
import { fieldDifferences, fieldsIn, readFields } from './fields.ts';
import { dbtFlags } from './flags.ts';
import { readTable } from './table.ts';
import { tsdbt } from './tools.ts';
import { createWorld, type World } from './world.ts';

/** Of the whole table (`npm run matrix`) one of each kind. */
const EVERY_DAY = [
  "build --vars '{broken: true}'",
  'run --select nothing',
  'compile --select first',
  'docs generate --select first+',
  'source freshness',
  "run-operation --sql 'select 1'",
  'ls --output json --output-keys unique_id tags',
  'parse',
  'run --log-format wrong',
  'run --log-format json --no-use-colors',
];

/** Of the table of events' fields (`npm run matrix:fields`) these. */
const EVERY_DAY_FIELDS = ["build --vars '{broken: true}'", 'source freshness'];

describe('options', () => {
  const flags = dbtFlags();
  const commands = Object.keys(flags).filter((name) => COMMANDS.some((spec) => spellings(spec).includes(name)));

  it('every command of dbt is there', () => {
    const missing = Object.keys(flags).filter((name) => !['', 'docs', 'source', ...commands].includes(name));
    expect(missing).toEqual([]);
  });

  it.each(commands)('%s takes every option that dbt takes', (name) => {
    const spec = COMMANDS.find((one) => spellings(one).includes(name))!;
    const known = new Set([...spec.options, ...GLOBAL_OPTIONS].flatMap(words));
    const wanted = flags[name]!.flatMap(({ opts = [], off = [] }) => [...opts, ...off]);
    expect(wanted.filter((word) => !known.has(word))).toEqual(MISSING);
  });
});

/** Rewritten before the line is read, or answered before any command is. */
const MISSING: readonly string[] = [];
const REWRITTEN = ['-m', '--models', '--model', '--resource-type', '--exclude-resource-type', '--version', '-V', '-v'];

function spellings({ name, aliases = [] }: { readonly name: string; readonly aliases?: readonly string[] }): string[] {
  const group = name.split(' ').slice(0, -1);
  return [name, ...aliases.map((alias) => [...group, alias].join(' '))];
}

function words({ flags, key, kind, negated }: (typeof GLOBAL_OPTIONS)[number]): string[] {
  const twin = kind === 'switch' ? [negated ?? `--no-${key.replaceAll('_', '-')}`] : [];
  return [...flags.split(/[ ,]+/), ...twin, ...REWRITTEN];
}

describe('as real dbt does, by the table', () => {
  const table = readTable(join(ROOT, 'test/matrix/data/expected.jsonl'));
  const fields = readFields(readFileSync(join(ROOT, 'test/matrix/data/fields.txt'), 'utf8'));
  const cases = allCases();
  let folder: string;
  let world: World;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsdbt-matrix-'));
    world = await createWorld(tsdbt, join(folder, 'world'));
  }, 120_000);

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('has an answer of dbt to every case', () => {
    expect(cases.filter(({ name }) => !table.has(name)).map(({ name }) => name)).toEqual([]);
    expect(cases.length).toBeGreaterThan(800);
  });

  it.each(EVERY_DAY_FIELDS)('the fields of events of %s', async (name) => {
    const { folder: worked } = await world.run(cases.find((each) => each.name === name)!);
    expect(fieldDifferences(fields.get(name) ?? [], fieldsIn(worked))).toEqual([]);
  });

  it.each(EVERY_DAY)('%s', async (name) => {
    const one = cases.find((each) => each.name === name)!;
    expect(differences(name, table.get(name)!, await world.observe(one))).toEqual([]);
  });
});
