import type { Blamed } from './blame.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A column of a result where it is written. */
export interface WrittenColumn extends Blamed {
  /** Its whole expression, on one line; undefined where only its name is known, as behind `*`. */
  readonly expression: string | undefined;
}

/** Longer ones are cut. */
const LONGEST = 300;

/** Where the SELECT that ends the SQL names columns of its result; else the last place that says the word. */
export function resultColumns(sql: string, names: readonly string[]): ReadonlyMap<string, WrittenColumn> {
  const tokens = tokensOf(sql);
  const listed = new Map(itemsOf(tokens).map((item) => [item.at(-1)!.text, item]));
  const last = new Map(tokens.filter(({ kind }) => kind === 'word').map((token) => [token.text, token]));
  return new Map(
    names.flatMap((name): [string, WrittenColumn][] => {
      const item = listed.get(name);
      const token = item?.at(-1) ?? last.get(name);
      if (token === undefined) return [];
      return [[name, { offset: token.offset, text: token.text, expression: item && textOf(sql, item) }]];
    }),
  );
}

export function resultColumn(sql: string, name: string): Blamed | undefined {
  return resultColumns(sql, [name]).get(name);
}

function textOf(sql: string, item: readonly Token[]): string {
  const end = item.at(-1)!;
  const text = sql.slice(item[0]!.offset, end.offset + end.length).replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The items of the last SELECT outside of parentheses; each ends in its alias, or in the column itself. */
function itemsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  let depth = 0;
  let items: Token[][] | undefined;
  let found: readonly (readonly Token[])[] = [];
  for (const token of tokens) {
    const text = token.kind === 'string' ? '' : token.text.toLowerCase();
    if (text === '(' || text === '[') depth++;
    else if (text === ')' || text === ']') depth--;
    const isOutside = depth === 0 && token.kind !== 'string';
    if (isOutside && text === 'select') {
      items = [[]];
      found = items;
    } else if (isOutside && text === 'from') items = undefined;
    else if (isOutside && text === ',') items?.push([]);
    else items?.at(-1)?.push(token);
  }
  return found.filter((item) => item.length > 0);
}
