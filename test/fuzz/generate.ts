import { GRAMMAR } from './grammar.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)]!;

const LEAVES = new Map(
  Object.entries(GRAMMAR).map(([rule, choices]) => {
    const leaves = choices.filter((choice) => !/\$(?![oc]\b)/.test(choice));
    if (leaves.length === 0) throw new Error(`the rule '${rule}' never ends`);
    return [rule, leaves] as const;
  }),
);

/** What a rule's values are replaced by now and then, so that wrong types are met too. */
const VALUES = new Set(['num', 'str', 'list', 'dict', 'bool', 'iter', 'tup']);

function expand(rule: string, depth: number, random: () => number): string {
  const wanted = VALUES.has(rule) && random() < 0.06 ? 'any' : rule;
  const choices = depth <= 0 ? LEAVES.get(wanted) : GRAMMAR[wanted];
  if (choices === undefined) throw new Error(`no rule '${wanted}'`);
  return pick(choices, random).replace(/\$([a-z]+\d?)/g, (_, inner: string) => expand(inner, depth - 1, random));
}

/** Breaks the text at one place: most syntax errors are one token away from a template. */
function mutate(text: string, random: () => number): string {
  const tokens = text.match(/\w+|\s+|./gs) ?? [];
  const at = Math.floor(random() * tokens.length);
  if (random() < 0.5) tokens.splice(at, 1);
  else tokens.splice(at, 0, pick(tokens, random));
  return tokens.join('');
}

export interface Generated {
  readonly template: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export function generate(seed: number): Generated {
  const random = randomOf(seed);
  const roll = random();
  const depth = 2 + Math.floor(random() * 4);
  const whole = roll < 0.45 ? `{{ ${expand('expr', depth, random)} }}` : expand('body', depth + 1, random);
  const template = random() < 0.04 ? mutate(whole, random) : whole;
  const options = {
    ...(random() < 0.2 && { trim_blocks: true }),
    ...(random() < 0.2 && { lstrip_blocks: true }),
    ...(random() < 0.1 && { keep_trailing_newline: true }),
    ...(random() < 0.15 && { undefined: 'strict' }),
  };
  return { template, options };
}
