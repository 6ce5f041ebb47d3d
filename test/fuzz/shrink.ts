import { type Case, runCase } from '../conformance/jinja-case.ts';
import type { Generated } from './generate.ts';

/** Tells which of some candidates are still told apart, with Jinja2's answers. */
export type Differing = (candidates: readonly Generated[]) => Promise<Case[]>;

/** What Python gave and what we gave; two differences of one kind are taken for the same. */
function kindOf(test: Case): string {
  const { error = 'output' } = runCase(test).got as { error?: string };
  return `${test.expected.error ?? 'output'} ${error}`;
}

/** Takes pieces of the template away as long as a difference of the same kind remains. */
export async function shrink(found: Case, differing: Differing): Promise<Case> {
  let best = found;
  for (let round = 0; round < 40; round++) {
    const smaller = await differing(pieces(best));
    const next = smaller
      .filter((one) => kindOf(one) === kindOf(best))
      .sort((a, b) => a.template.length - b.template.length)[0];
    if (next === undefined) break;
    best = next;
  }
  return best;
}

/** The template without each run of its tokens, and without each option. */
function pieces({ template, options }: Case): Generated[] {
  const found: Generated[] = [];
  for (const key of Object.keys(options)) {
    const { [key]: _, ...rest } = options;
    found.push({ template: template.replace(/\s+$/, ''), options: rest });
  }
  const tokens = template.match(/\{[{%#][-+]?|[-+]?[}%#]\}|\w+|\s+|./gs) ?? [];
  const sizes = new Set([1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 64].filter((size) => size < tokens.length));
  for (const size of sizes) {
    for (let at = 0; at + size <= tokens.length; at += Math.max(1, Math.floor(size / 4))) {
      found.push({ template: [...tokens.slice(0, at), ...tokens.slice(at + size)].join(''), options });
    }
  }
  return found.filter((one) => one.template.length < template.length || one.options !== options);
}
