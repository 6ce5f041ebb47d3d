import { extentOfScope } from './scope.ts';
import { type Token, tokensOf } from './tokens.ts';

/** The piece of a statement that a message of the engine is about. */
export interface Blamed {
  readonly offset: number;
  /** As it stands there. */
  readonly text: string;
}

/** How the engine names what it refuses; the first group is the name. Wordings of ClickHouse 24 to 26. */
const NAMES: readonly RegExp[] = [
  /[Uu]nknown [\w ]*?identifier [`']([^`']+)[`']/,
  /Identifier [`']([^`']+)[`'] cannot be resolved/,
  /Missing columns: [`']([^`']+)[`']/,
  /Column [`']([^`']+)[`'] is not under aggregate/,
  /unction with name [`']([^`']+)[`'] does not exist/,
  /Unknown table function (\w+)/,
  /(?:Unknown|Unexpected) data type family: (\w+)/,
  /Unknown column '([^']+)'/,
  /There'?s no column '?([\w.]+)'? in table/,
  /Version column (\w+) does not exist/,
  /[Uu]nknown setting '?(\w+)/,
  /Cannot add column ([\w.]+):/,
  /Cannot (?:convert|parse) string '([^']+)'/,
  /to function '(\w+)'/,
  /for function '(\w+)'/,
  /(?:of|for|executing) (?:aggregate )?function [`']?(\w+)/,
];

/** Functions that are written as signs. */
export const SIGNS: Readonly<Record<string, readonly string[]>> = {
  plus: ['+'],
  minus: ['-'],
  multiply: ['*'],
  divide: ['/'],
  modulo: ['%'],
  equals: ['=', '=='],
  notEquals: ['!=', '<>'],
  less: ['<', 'between'],
  lessOrEquals: ['<=', 'between'],
  greater: ['>', 'between'],
  greaterOrEquals: ['>=', 'between'],
  concat: ['||'],
  and: ['and'],
  or: ['or'],
  like: ['like'],
  if: ['case'],
  multiIf: ['case'],
  CAST: ['::'],
};

/** Where in the SQL lies what the message complains of; undefined where it names nothing that stands there. */
export function blame(message: string, sql: string): Blamed | undefined {
  const name = namedIn(message);
  if (name === undefined) return undefined;
  const tokens = tokensOf(sql);
  const scope = /\b[Ii]n (?:scope|query):? \(?((?:WITH|SELECT)\b[\s\S]*?)(?:\. Maybe you meant|\.?\s*$)/.exec(
    message,
  )?.[1];
  const extent = scope === undefined ? undefined : extentOfScope(tokens, scope);
  const within = extent === undefined ? [] : tokens.slice(extent.start, extent.end);
  return find(within, name) ?? find(tokens, name);
}

/** The name the message complains of. */
export function namedIn(message: string): string | undefined {
  for (const pattern of NAMES) {
    const match = pattern.exec(message);
    if (match !== null) return match[1];
  }
  return undefined;
}

/** The whole name first, then what is left without its qualifiers, then the sign it is written as. */
function find(tokens: readonly Token[], name: string): Blamed | undefined {
  const parts = name.split('.');
  for (let from = 0; from < parts.length; from++) {
    const at = tokens.findIndex((_, i) => isChain(tokens, i, parts.slice(from)));
    if (at >= 0) {
      const last = tokens[at + 2 * (parts.length - from - 1)]!;
      return { offset: last.offset, text: last.text };
    }
  }
  const quoted = tokens.find((token) => token.kind === 'string' && token.text === `'${name}'`);
  const sign = quoted ?? tokens.find((token) => SIGNS[name]?.includes(token.text.toLowerCase()));
  return sign === undefined ? undefined : { offset: sign.offset, text: sign.text };
}

function isChain(tokens: readonly Token[], start: number, parts: readonly string[]): boolean {
  return parts.every((part, i) => {
    const token = tokens[start + 2 * i];
    const joined = i === 0 || tokens[start + 2 * i - 1]?.text === '.';
    return joined && token?.kind === 'word' && token.text === part;
  });
}
