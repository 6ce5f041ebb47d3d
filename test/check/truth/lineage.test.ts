import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reachOf } from './named.ts';
import { copyOf, printsOf, rebuild, shakeSource, WAYS } from './shake.ts';
import { type Model, openWorld, type Source, type World } from './world.ts';

/** `all`, or a part of the sources' columns as `2/6`; a few of one source without (npm run soak:lineage). */
const PART = process.env['TSDBT_LINEAGE'];
const SEED = Number(process.env['TSDBT_SEED'] ?? 20_261_123);
/** Small, and behind it all kinds of SQL: windows, joins, an incremental model that replaces. */
const SMALL = 'source:beat_replica.youtube_video+';

let world: World;
const still = new Map<string, ReadonlyMap<string, string>>();

beforeAll(async () => {
  world = await openWorld(PART === undefined ? 30 : 200, PART === undefined ? [`@${SMALL}`] : []);
  // A merge would put rows into another order.
  await world.driver.query('system stop merges');
  for (const name of ['still', 'shaken']) await world.driver.query(`create database ${name}`);
  await rebuild(world, world.models, 'still', []);
  for (const { id, relation } of world.models)
    still.set(id, await printsOf(world, copyOf(relation, 'still'), columnsOf(id)));
}, 400_000);
afterAll(() => world?.end(), 60_000);

const columnsOf = (id: string): readonly { readonly name: string; readonly type: string }[] =>
  Object.entries(world.lineage[id]!.columns).map(([name, { type }]) => ({ name, type }));

it('no column changes that the lineage of a source’s column does not name', async () => {
  const tell = (line: string): void => {
    const file = process.env['TSDBT_LINEAGE_REPORT'];
    if (file !== undefined) appendFileSync(file, `${line}\n`);
  };
  const wrong: string[] = [];
  for (const [source, column] of chosen()) {
    const behind = descendants(source.id);
    const order = world.models.map(({ id }) => id);
    const reach = reachOf({ node: source.id, column: column.name }, order, world.lineage);
    const changed = new Set<string>();
    for (const way of WAYS) {
      await shakeSource(world, source, column, way);
      const refused = await rebuild(world, behind, 'shaken', [source.relation]).then(
        () => undefined,
        (error: Error) => error,
      );
      if (refused !== undefined) {
        // A value no model can take (a text that is no number) stops it as it would in production.
        tell(`${source.relation}.${column.name} ${way}: refused ${refused.message.slice(0, 300)}`);
        continue;
      }
      for (const model of behind)
        wrong.push(
          ...(await differences(model, reach, changed)).map(
            (what) => `${source.relation}.${column.name} ${way}: ${what}`,
          ),
        );
    }
    const named = [...reach.values].filter((key) => !key.startsWith('source.') && !reach.rows.has(key.split('\n')[0]!));
    const idle = named.filter((key) => !changed.has(key)).map((key) => key.replace(/^.*\.(.*)\n/, '$1.'));
    tell(
      `${source.relation}.${column.name}: ${changed.size} changed, ${reach.rows.size} by rows, by value alone ${named.length}${idle.length > 0 ? `, still ${idle.join(' ')}` : ''}`,
    );
  }
  expect(wrong).toEqual([]);
}, 900_000);

/** Columns of a model that changed and are not named; those that changed are noted. */
async function differences(
  model: Model,
  { values, rows }: ReturnType<typeof reachOf>,
  changed: Set<string>,
): Promise<readonly string[]> {
  // Whatever its columns are, the lineage has said that they may be.
  if (rows.has(model.id)) return [];
  const columns = columnsOf(model.id);
  const now = await printsOf(world, copyOf(model.relation, 'shaken'), columns);
  const others = columns.filter(({ name }) => now.get(name) !== still.get(model.id)!.get(name));
  for (const { name } of others) changed.add(`${model.id}\n${name}`);
  const unnamed = columns.filter(({ name }) => !values.has(`${model.id}\n${name}`));
  const wrong = others.filter((one) => unnamed.includes(one)).map(({ name }) => `${model.id}.${name}`);
  if (wrong.length > 0) return wrong;
  // No value came or went; row by row they must be the same too.
  const [a, b] = await Promise.all(
    ['still', 'shaken'].map((database) => printsOf(world, copyOf(model.relation, database), unnamed)),
  );
  return a!.get('') === b!.get('') ? [] : [`${model.id}: rows`];
}

function descendants(id: string): readonly Model[] {
  const found = new Set([id]);
  return world.models.filter((model) => {
    if (!model.parents.some((parent) => found.has(parent))) return false;
    found.add(model.id);
    return true;
  });
}

function chosen(): readonly (readonly [Source, Source['columns'][number]])[] {
  const all = world.sources.flatMap((source) => source.columns.map((column) => [source, column] as const));
  if (PART === undefined) {
    const small = all.filter(([{ id }]) => id.endsWith('beat_replica.youtube_video'));
    return [0, 1].map((i) => small[(SEED + i * 5) % small.length]!);
  }
  const [part = 1, parts = 1] = PART === 'all' ? [] : PART.split('/').map(Number);
  return all.filter((_, i) => i % parts === part - 1);
}
