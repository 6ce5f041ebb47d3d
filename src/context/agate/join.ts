import { callValue, Dict, isCallable, type Step, str, tuple, type Value } from '../../jinja/index.ts';
import { pyValueError } from '../py-function.ts';
import { columnIndex, namesOf, type TableMaker, type TableView } from './view.ts';

export interface JoinOptions {
  /** A column's name or index, a list of them, or a function of a row; none joins row by row. */
  readonly left: Value;
  readonly right: Value;
  readonly inner: boolean;
  readonly fullOuter: boolean;
  readonly requireMatch: boolean;
  /** Names of the right table's columns to take; none for all but those joined on. */
  readonly columns: readonly Value[] | null;
}

/** agate's join: columns of the right table whose names the left one has too get a 2 behind them. */
export function* joined(table: TableView, other: TableView, maker: TableMaker, options: JoinOptions): Step<Value> {
  const { left, inner, fullOuter, requireMatch, columns } = options;
  if (inner && fullOuter) throw pyValueError('A join can not be both "inner" and "full_outer".');
  const right = options.right ?? left;
  const leftKeys = yield* keysOf(table, left);
  const rightKeys = yield* keysOf(other, left === null ? null : right);
  const onto = indexesOf(other, left === null ? null : right);
  const taken = other.columns.flatMap(({ name }, i) => {
    const leftOut = columns === null ? onto.includes(i) : !columns.includes(name);
    return leftOut && !fullOuter ? [] : [i];
  });
  const found = new Dict();
  rightKeys.forEach((key, i) => {
    found.set(key, [...(found.get(key) ?? []), i]);
  });
  const rightPart = (i: number) => taken.map((at) => other.rows[i]?.at(at) ?? null);
  const nothing = taken.map(() => null);
  const rows: Value[][] = [];
  leftKeys.forEach((key, i) => {
    const matches: number[] | undefined = found.get(key);
    if (matches === undefined && requireMatch) {
      throw pyValueError(`Left key "${str(key)}" does not have a matching right key.`);
    }
    const own = [...(table.rows[i]?.values() ?? [])];
    for (const match of matches ?? []) rows.push([...own, ...rightPart(match)]);
    if (matches === undefined && !inner) rows.push([...own, ...nothing]);
  });
  if (fullOuter) {
    const known = new Dict(leftKeys.map((key) => [key, true] as const));
    const empty = table.columns.map(() => null);
    rightKeys.forEach((key, i) => {
      if (!known.has(key)) rows.push([...empty, ...rightPart(i)]);
    });
  }
  const names = namesOf(table);
  const added = taken.map((i) => {
    const { name, type } = other.columns[i]!;
    return { name: names.includes(name) ? `${name}2` : name, type };
  });
  return maker.of([...table.columns, ...added], rows);
}

/** What each row is joined by. */
function* keysOf(table: TableView, key: Value): Step<Value[]> {
  if (key === null) return table.rows.map((_, i) => i);
  if (isCallable(key)) {
    const keys: Value[] = [];
    for (const row of table.rows) keys.push(yield* callValue(key, [row]));
    return keys;
  }
  const indexes = indexesOf(table, key);
  return table.rows.map((row) =>
    Array.isArray(key) ? tuple(indexes.map((i) => row.at(i))) : row.at(indexes[0] as number),
  );
}

function indexesOf(table: TableView, key: Value): number[] {
  if (key === null || isCallable(key)) return [];
  return (Array.isArray(key) ? key : [key]).map((one) => columnIndex(table, one));
}
