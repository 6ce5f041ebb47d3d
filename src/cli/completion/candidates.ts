import type { CommandSpec } from '../command.ts';
import type { OptionSpec } from '../options.ts';

/** What a project offers for completion. */
export interface Names {
  /** What `--select` takes: names of nodes, `tag:…`, `source:…` and the like. */
  readonly nodes: readonly string[];
  readonly selectors: readonly string[];
  readonly macros: readonly string[];
}

/** Words that may stand where the line ends. `line` is what stands before the cursor; the last word may be half written. */
export function candidates(
  line: string,
  commands: readonly CommandSpec[],
  globals: readonly OptionSpec[],
  names: () => Names,
): string[] {
  const words = line.trimStart().split(/\s+/).slice(1);
  const last = words.pop() ?? '';
  const command = commandIn(words, commands);
  const options = [...(command?.options ?? []), ...globals];
  const asked = optionBefore(words, options);
  if (last.startsWith('-')) return startingWith(last, flagsOf(options));
  if (asked !== undefined) return valuesOf(asked, last, names());
  if (command !== undefined) return command.name === 'run-operation' ? startingWith(last, names().macros) : [];
  return startingWith(last, nextWords(words, commands));
}

function commandIn(words: readonly string[], commands: readonly CommandSpec[]): CommandSpec | undefined {
  const text = ` ${words.join(' ')} `;
  const all = commands.flatMap((spec) => [spec.name, ...(spec.aliases ?? [])].map((name) => ({ name, spec })));
  // `docs generate` before `docs`, whatever else is called so.
  return all.sort((a, b) => b.name.length - a.name.length).find(({ name }) => text.includes(` ${name} `))?.spec;
}

/** The words of commands that may come next: the second of `docs generate` after `docs`. */
function nextWords(words: readonly string[], commands: readonly CommandSpec[]): string[] {
  const group = words.findLast((word) => commands.some(({ name }) => name.startsWith(`${word} `)));
  const named = group === undefined ? commands : commands.filter(({ name }) => name.startsWith(`${group} `));
  return named.map(({ name }) => name.split(' ')[group === undefined ? 0 : 1]!);
}

/** The option whose value is being written: a list takes every word up to the next flag. */
function optionBefore(words: readonly string[], options: readonly OptionSpec[]): OptionSpec | undefined {
  const at = words.findLastIndex((word) => word.startsWith('-'));
  if (at < 0) return undefined;
  const flag = ALIASES[words[at]!] ?? words[at]!;
  const option = options.find(({ flags }) => flags.split(/[ ,]+/).includes(flag));
  const isOpen = option?.kind === 'list' || (option?.kind === 'value' && at === words.length - 1);
  return isOpen ? option : undefined;
}

const ALIASES: Readonly<Record<string, string>> = {
  '-m': '--select',
  '--models': '--select',
  '--model': '--select',
  '--resource-type': '--resource-types',
  '--exclude-resource-type': '--exclude-resource-types',
};

function valuesOf({ key, choices }: OptionSpec, last: string, names: Names): string[] {
  if (choices !== undefined) return startingWith(last, choices);
  if (key === 'selector') return startingWith(last, names.selectors);
  if (!['select', 'exclude', 'models'].includes(key)) return [];
  // `+`, `2+`, `@` before a name, and what an intersection already has, stay as they are.
  const [, prefix = '', rest = ''] = /^((?:.*,)?(?:@|\d*\+)?)(.*)$/.exec(last) ?? [];
  return startingWith(rest, names.nodes).map((name) => `${prefix}${name}`);
}

function flagsOf(options: readonly OptionSpec[]): string[] {
  return options.flatMap(({ flags, kind, hidden }) => {
    const long = flags.split(/[ ,]+/).find((word) => word.startsWith('--'))!;
    if (hidden === true) return [];
    return kind === 'switch' ? [long, long.replace('--', '--no-')] : [long];
  });
}

function startingWith(beginning: string, words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word.startsWith(beginning)).sort();
}
