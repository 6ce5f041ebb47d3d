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

type Random = () => number;

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;

const LEAVES = new Map(
  Object.entries(GRAMMAR).map(([rule, choices]) => {
    const leaves = choices.filter((choice) => !/\$(?![oc]\b)/.test(choice));
    // A rule without a leaf speaks of rules that have one.
    return [rule, leaves.length > 0 ? leaves : choices] as const;
  }),
);

/** What a rule's values are replaced by now and then, so that wrong types are met too. */
const VALUES = new Set(['num', 'str', 'list', 'dict', 'bool', 'iter', 'tup']);

function expand(rule: string, depth: number, random: Random): string {
  const wanted = VALUES.has(rule) && random() < 0.06 ? 'any' : rule;
  const choices = depth <= 0 ? LEAVES.get(wanted) : GRAMMAR[wanted];
  if (choices === undefined) throw new Error(`no rule '${wanted}'`);
  return pick(choices, random).replace(/\$([a-z]+\d?)/g, (_, inner: string) => expand(inner, depth - 1, random));
}

/** Breaks the text at one place: most syntax errors are one token away from a template. */
function mutate(text: string, random: Random): string {
  const tokens = text.match(/\w+|\s+|./gs) ?? [];
  const at = Math.floor(random() * tokens.length);
  if (random() < 0.5) tokens.splice(at, 1);
  else tokens.splice(at, 0, pick(tokens, random));
  return tokens.join('');
}

/** `plain`: one template; `files`: with a loader; `dbt`: dbt's environment with a file of macros; `modules`: dbt's modules. */
export type Kind = 'plain' | 'files' | 'dbt' | 'modules';
export const KINDS: readonly Kind[] = ['plain', 'files', 'dbt', 'modules'];

export interface Generated {
  readonly template: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly macros?: string;
}

function spaceOptions(random: Random): Record<string, unknown> {
  return {
    ...(random() < 0.2 && { trim_blocks: true }),
    ...(random() < 0.2 && { lstrip_blocks: true }),
    ...(random() < 0.1 && { keep_trailing_newline: true }),
  };
}

function undefinedOption(random: Random): Record<string, unknown> {
  const roll = random();
  if (roll < 0.12) return { undefined: 'strict' };
  return roll < 0.17 ? { undefined: 'chainable' } : roll < 0.2 ? { undefined: 'debug' } : {};
}

const MAKERS: Readonly<Record<Kind, (depth: number, random: Random) => Generated>> = {
  plain: (depth, random) => {
    const whole = random() < 0.45 ? `{{ ${expand('expr', depth, random)} }}` : expand('body', depth + 1, random);
    return { template: whole, options: { ...spaceOptions(random), ...undefinedOption(random) } };
  },
  files: (depth, random) => ({
    template: expand('ftop', depth + 1, random),
    files: {
      base: expand('fbase', depth, random),
      mid: expand('fmid', depth, random),
      inc: expand('finc', depth, random),
      mac: expand('fmac', depth, random),
    },
    options: { ...spaceOptions(random), ...undefinedOption(random) },
  }),
  dbt: (depth, random) => ({
    template: random() < 0.5 ? `{{ ${expand('dexpr', depth, random)} }}` : expand('dtop', depth + 1, random),
    macros: expand('dmacros', depth, random),
    options: { env: 'dbt', ...dbtOptions(random) },
  }),
  modules: (depth, random) => ({ template: expand('mtop', depth, random), options: { env: 'dbt' } }),
};

function dbtOptions(random: Random): Record<string, unknown> {
  const roll = random();
  return { ...(roll < 0.4 && { native: true }), ...(roll > 0.3 && roll < 0.5 && { capture_macros: true }) };
}

export function generate(seed: number, kinds: readonly Kind[]): Generated {
  const random = randomOf(seed);
  const kind = kinds.includes('plain') && random() < 0.5 ? 'plain' : pick(kinds, random);
  const depth = 2 + Math.floor(random() * 4);
  const made = MAKERS[kind](depth, random);
  return random() < 0.04 ? { ...made, template: mutate(made.template, random) } : made;
}
