import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Reach, reachOf } from './named.ts';
import { copyOf, printsOf, rebuild, shakeSource, WAYS } from './shake.ts';
import { openWorld, type Source, type World } from './world.ts';

/** `all`, or a part of the sources' columns as `2/6`, or the name of one; a few of one source without (npm run soak:lineage). */
const PART = process.env['TSDBT_LINEAGE'];
const SEED = Number(process.env['TSDBT_SEED'] ?? 20_261_123);
/** Small, with what reads it and all that that rests on. */
const SMALL = '@source:beat_replica.instagram_post_comment';

let world: World;
const still = new Map<string, ReadonlyMap<string, string>>();

beforeAll(async () => {
  world = await openWorld(PART === undefined ? 30 : 200, PART === undefined ? [SMALL] : []);
  // A merge would put rows into another order.
  await world.driver.query('system stop merges');
  for (const name of ['still', 'shaken']) await world.driver.query(`create database ${name}`);
  for (const model of world.models) {
    await rebuild(world, model, 'still', new Set());
    still.set(model.id, await printsOf(world, copyOf(model.relation, 'still'), columnsOf(model.id)));
  }
}, 400_000);
afterAll(() => world?.end(), 60_000);

const columnsOf = (id: string): readonly { readonly name: string; readonly type: string }[] =>
  Object.entries(world.lineage[id]!.columns).map(([name, { type }]) => ({ name, type }));

it('no column changes that the lineage of a source’s column does not name', async () => {
  const order = world.models.map(({ id }) => id);
  const wrong: string[] = [];
  for (const [source, column] of chosen()) {
    const name = `${source.relation}.${column.name}`;
    const reach = reachOf({ node: source.id, column: column.name }, order, world.lineage);
    const changed = new Set<string>();
    for (const way of WAYS) {
      await shakeSource(world, source, column, way);
      const found = await follow(source, reach, changed);
      wrong.push(...found.map((what) => `${name} ${way}: ${what}`));
    }
    const named = [...reach.values].filter((key) => !key.startsWith('source.') && !reach.rows.has(key.split('\n')[0]!));
    const idle = named.filter((key) => !changed.has(key)).map((key) => key.replace(/^.*\.(.*)\n/, '$1.'));
    const counts = `${named.length} named by value, ${changed.size} changed, rows of ${reach.rows.size} named`;
    tell(`${name}: ${counts}${idle.length > 0 ? `; the same all the same: ${idle.join(' ')}` : ''}`);
  }
  for (const what of wrong) tell(`WRONG ${what}`);
  expect(wrong).toEqual([]);
}, 900_000);

function tell(line: string): void {
  const file = process.env['TSDBT_LINEAGE_REPORT'];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}

/**
 * Builds anew what reads the shaken source, and what reads that, as far as anything changes; columns that are named and
 * change are noted. Of models whose rows are named nothing can be wrong, nor behind them.
 * @returns columns that change and are not named
 */
async function follow(source: Source, { values, rows }: Reach, changed: Set<string>): Promise<readonly string[]> {
  const moved = new Set([source.relation]);
  const touched = new Set([source.id]);
  const wrong: string[] = [];
  for (const model of world.models) {
    if (rows.has(model.id) || !model.parents.some((parent) => touched.has(parent))) continue;
    const { id, relation } = model;
    try {
      await rebuild(world, model, 'shaken', moved);
    } catch (error) {
      // A value no model can take (a text that is no number) stops it as it would in production.
      tell(`${id} refuses: ${(error as Error).message.slice(0, 200)}`);
      continue;
    }
    const columns = columnsOf(id);
    const now = await printsOf(world, copyOf(relation, 'shaken'), columns);
    const before = still.get(id)!;
    if (now.get('') === before.get('')) continue;
    moved.add(relation);
    touched.add(id);
    const isNamed = ({ name }: { readonly name: string }): boolean => values.has(`${id}\n${name}`);
    const others = columns.filter(({ name }) => now.get(name) !== before.get(name));
    for (const { name } of others.filter(isNamed)) changed.add(`${id}\n${name}`);
    const unnamed = columns.filter((one) => !isNamed(one));
    wrong.push(...others.filter((one) => !isNamed(one)).map(({ name }) => `${id}.${name}`));
    // No value came or went, and row by row they must be the same too.
    const [a, b] = await Promise.all(['still', 'shaken'].map((one) => printsOf(world, copyOf(relation, one), unnamed)));
    if (a!.get('') !== b!.get('')) wrong.push(`${id}: rows`);
  }
  return wrong;
}

function chosen(): readonly (readonly [Source, Source['columns'][number]])[] {
  const all = world.sources.flatMap((source) => source.columns.map((column) => [source, column] as const));
  if (PART === undefined) {
    const small = all.filter(([{ id }]) => id.endsWith('beat_replica.instagram_post_comment'));
    return [0, 1].map((i) => small[(SEED + i * 5) % small.length]!);
  }
  if (!/^all$|^\d+\/\d+$/.test(PART)) return all.filter(([{ id }, { name }]) => `${id}.${name}`.endsWith(PART));
  const [part = 1, parts = 1] = PART === 'all' ? [] : PART.split('/').map(Number);
  return all.filter((_, i) => i % parts === part - 1);
}
