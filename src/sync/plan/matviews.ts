import { dressStatements } from './dress.ts';
import { carriedIndex } from './indexes.ts';
import { fitName, quoteName, quoteText, type TableName } from './names.ts';
import type { MaterializedView, TargetShape } from './shape.ts';
import { optionList } from './table.ts';

/** How the materialized views over a table come to read the new one, ready and filled before anybody sees them. */
export interface MatviewsPlan {
  /** In one transaction that holds the table's lock: the new ones are made while names stand as after the swap, then names go back. */
  readonly bind: readonly string[];
  /** Rows, indexes, and what else they have. Keeps nobody waiting. */
  readonly fill: readonly string[];
  /** In the swap: the new ones take the names of the old ones, which go. */
  readonly swap: readonly string[];
}

/** `run`: the mark of the run's names. */
export function planMatviews(
  table: TableName,
  temporary: TableName,
  target: TargetShape | undefined,
  run: string,
): MatviewsPlan {
  const views = target?.matviews ?? [];
  if (views.length === 0) return { bind: [], fill: [], swap: [] };
  const held = fitName(table.name, `${run}_old`);
  const bind = [
    rename('table', table, held),
    rename('table', temporary, table.name),
    ...views.flatMap((view) => [renameView(view.name, heldName(view, run)), createView(view)]),
    ...views.flatMap((view) => [
      renameView(view.name, newName(view, run)),
      renameView({ ...view.name, name: heldName(view, run) }, view.name.name),
    ]),
    rename('table', table, temporary.name),
    rename('table', { ...table, name: held }, table.name),
  ];
  return { bind, fill: views.flatMap((view) => fillView(view, run)), swap: swapViews(views, run) };
}

function swapViews(views: readonly MaterializedView[], run: string): string[] {
  const carried = (view: MaterializedView, stage: 'before' | 'after') =>
    view.shape.carried.filter((one) => one.stage === stage).map((one) => one.sql);
  const places = views.flatMap((view) => {
    const { name, shape } = view;
    const renameIndex = (from: string, to: string) => rename('index', { ...name, name: from }, to);
    return [
      ...carried(view, 'before'),
      renameView(name, heldName(view, run)),
      ...shape.indexes.map((index) => renameIndex(index.name, fitName(index.name, `${run}_old`))),
      renameView({ ...name, name: newName(view, run) }, name.name),
      ...shape.indexes.map((index) => renameIndex(fitName(index.name, run), index.name)),
      ...carried(view, 'after'),
    ];
  });
  const readers = views.flatMap(({ shape }) => shape.views.map(repointView));
  const drops = views.map((view) => `drop materialized view ${quoteName({ ...view.name, name: heldName(view, run) })}`);
  return [...places, ...readers, ...drops.reverse()];
}

/** The view itself stays, with whatever rests on it. */
export function repointView({ name, options, definition }: TargetShape['views'][number]): string {
  const withOptions = options.length > 0 ? ` with (${optionList(options)})` : '';
  return `create or replace view ${quoteName(name)}${withOptions} as ${definition}`;
}

function createView({ name, definition, method, tablespace, shape }: MaterializedView): string {
  const using = method === null ? '' : ` using ${quoteName(method)}`;
  const options = shape.options.length > 0 ? ` with (${optionList(shape.options)})` : '';
  const space = tablespace === null ? '' : ` tablespace ${quoteName(tablespace)}`;
  return `create materialized view ${quoteName(name)}${using}${options}${space} as ${definition} with no data`;
}

const STORAGE: Readonly<Record<string, string>> = { p: 'plain', e: 'external', m: 'main', x: 'extended' };

/** The owner comes before the rows: a refresh reads with the owner's rights. */
function fillView(view: MaterializedView, run: string): string[] {
  const made = { ...view.name, name: newName(view, run) };
  const on = quoteName(made);
  return [
    ...view.storage.map(
      ({ column, storage }) => `alter table ${on} alter column ${quoteName(column)} set storage ${STORAGE[storage]}`,
    ),
    ...view.comments.map(
      ({ column, comment }) => `comment on column ${on}.${quoteName(column)} is ${quoteText(comment)}`,
    ),
    ...dressStatements(made, view.shape, 'materialized view'),
    ...(view.populated ? [`refresh materialized view ${on}`] : []),
    ...view.shape.indexes.flatMap((index) => carriedIndex(index, fitName(index.name, run), made)),
    ...(view.populated ? [`analyze ${on}`] : []),
  ];
}

function newName({ name }: MaterializedView, run: string): string {
  return fitName(name.name, run);
}

function heldName({ name }: MaterializedView, run: string): string {
  return fitName(name.name, `${run}_old`);
}

function renameView(from: TableName, to: string): string {
  return rename('materialized view', from, to);
}

function rename(kind: 'table' | 'index' | 'materialized view', from: TableName, to: string): string {
  return `alter ${kind} ${quoteName(from)} rename to ${quoteName(to)}`;
}
