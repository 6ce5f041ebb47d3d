import { type Token, tokensOf } from './tokens.ts';

/** Part of a list of tokens: from `start` up to but not including `end`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * The SELECT a message of the engine speaks of. It prints the query anew (`In scope SELECT …`): other blanks, aliases
 * with AS, other quotes; so the one that shares the most pairs of neighbours with it is meant.
 */
export function extentOfScope(tokens: readonly Token[], scope: string): Extent | undefined {
  const wanted = pairs(tokensOf(scope));
  let best: Extent | undefined;
  let bestScore = 0;
  const opening = /^\s*with\b/i.test(scope) ? 'with' : 'select';
  tokens.forEach((token, start) => {
    if (token.kind !== 'word' || token.text.toLowerCase() !== opening) return;
    const extent = { start, end: endOf(tokens, start) };
    const score = likeness(wanted, pairs(tokens.slice(extent.start, extent.end)));
    if (score <= bestScore) return;
    best = extent;
    bestScore = score;
  });
  return best;
}

/** A SELECT ends with the parenthesis around it, or where UNION begins another. */
function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const { text } = tokens[i]!;
    if (text === '(') depth++;
    else if (text === ')') depth--;
    if (depth < 0 || (depth === 0 && /^(union|intersect|except)$/i.test(text) && tokens[i + 1]?.text !== '(')) return i;
  }
  return tokens.length;
}

function pairs(tokens: readonly Token[]): ReadonlySet<string> {
  const words = tokens.map(({ text }) => text.toLowerCase()).filter((text) => text !== 'as');
  return new Set(words.map((word, i) => `${word} ${words[i + 1] ?? ''}`));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return shared / (a.size + b.size - shared);
}
