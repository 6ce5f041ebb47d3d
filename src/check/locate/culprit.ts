import { SIGNS } from './blame.ts';
import { type Token, tokensOf } from './tokens.ts';

/** More are not tried. */
const MOST = 24;
const ENDS = /^(?:,|select|from|where|prewhere|and|or|on|when|then|else|end|by|having|case|as|qualify|limit|union)$/i;

/**
 * Which of several calls of one function the engine refuses: that without which it says something else.
 * @param complains whether the engine says the same of a changed statement
 * @returns the offset of the call's name or sign; undefined where there is just one, or none can be told
 */
export async function culprit(
  sql: string,
  name: string,
  complains: (changed: string) => Promise<boolean>,
): Promise<{ readonly offset: number; readonly text: string } | undefined> {
  const tokens = tokensOf(sql);
  const calls = tokens.flatMap((token, i): [Token, number, number][] => {
    if (token.kind === 'word' && token.text === name && tokens[i + 1]?.text === '(')
      return [[token, i, closing(tokens, i + 1)]];
    if (token.kind === 'string' || !SIGNS[name]?.includes(token.text.toLowerCase())) return [];
    return [[token, ...around(tokens, i)]];
  });
  if (calls.length < 2) return undefined;
  for (const [token, from, to] of calls.slice(0, MOST)) {
    const last = tokens[to];
    if (last === undefined) continue;
    const changed = `${sql.slice(0, tokens[from]!.offset)}null${sql.slice(last.offset + last.length)}`;
    if (!(await complains(changed))) return { offset: token.offset, text: token.text };
  }
  return undefined;
}

/** The parenthesis that closes one. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (/^[([]$/.test(tokens[i]!.text)) depth++;
    if (/^[)\]]$/.test(tokens[i]!.text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The expression a sign stands in: up to commas, words of clauses and the parentheses around it. */
function around(tokens: readonly Token[], at: number): [number, number] {
  return [reach(tokens, at, -1), reach(tokens, at, 1)];
}

function reach(tokens: readonly Token[], at: number, step: 1 | -1): number {
  let depth = 0;
  let i = at;
  for (; tokens[i + step] !== undefined; i += step) {
    const { text, kind } = tokens[i + step]!;
    if (kind === 'string') continue;
    const isOpen = step === 1 ? /^[([]$/ : /^[)\]]$/;
    const isClose = step === 1 ? /^[)\]]$/ : /^[([]$/;
    if (isOpen.test(text)) depth++;
    else if (isClose.test(text) && --depth < 0) break;
    else if (depth === 0 && ENDS.test(text)) break;
  }
  return i;
}
