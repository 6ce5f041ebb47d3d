import type { Blamed } from './blame.ts';
import { type Token, tokensOf } from './tokens.ts';

interface Branch {
  readonly token: Token;
  /** Undefined where `*` may stand for any number. */
  width: number | undefined;
  isOpen: boolean;
}

/** The first SELECT of a UNION that gives another number of columns than the one before it. */
export function unequalBranch(sql: string): Blamed | undefined {
  const tokens = tokensOf(sql);
  // For each depth of parentheses the last branch there, and whether a UNION stands behind it.
  const levels: { last?: Branch; before?: Branch }[] = [{}];
  for (const [i, token] of tokens.entries()) {
    const text = token.kind === 'string' ? '' : token.text.toLowerCase();
    const level = levels.at(-1)!;
    if (text === '(' || text === '[') levels.push({});
    else if (text === ')' || text === ']') {
      if (isUnequal(level)) return blameOf(level.last!);
      if (levels.length > 1) levels.pop();
    } else if (text === 'select') level.last = { token, width: 1, isOpen: true };
    else if (text === 'from' && level.last !== undefined) level.last.isOpen = false;
    else if (text === ',' && level.last?.isOpen && level.last.width !== undefined) level.last.width++;
    else if (text === '*' && level.last?.isOpen && isStar(tokens[i - 1])) level.last.width = undefined;
    else if (text === 'union' || text === 'intersect' || text === 'except') {
      if (text === 'except' && level.last?.isOpen) continue;
      if (isUnequal(level)) return blameOf(level.last!);
      level.before = level.last;
    }
  }
  const [top] = levels;
  return top !== undefined && isUnequal(top) ? blameOf(top.last!) : undefined;
}

/** Not the sign of a product. */
function isStar(before: Token | undefined): boolean {
  return before === undefined || /^(?:select|distinct|,|\.)$/i.test(before.text);
}

function isUnequal({ last, before }: { readonly last?: Branch; readonly before?: Branch }): boolean {
  if (before?.width === undefined || last?.width === undefined || last === before) return false;
  return last.width !== before.width;
}

function blameOf({ token }: Branch): Blamed {
  return { offset: token.offset, text: token.text };
}
