import { type Case, runCase } from '../conformance/jinja-case.ts';
import type { Generated } from './generate.ts';

/** Tells which of some candidates are still told apart, with Jinja2's answers. */
export type Differing = (candidates: readonly Generated[]) => Promise<Case[]>;

const shape = (message = ''): string => message.replace(/'[^']*'|"[^"]*"|\d+/g, '_').slice(0, 80);

const beginning = ({ output, native }: Case['expected']): string =>
  shape(output ?? JSON.stringify(native)).slice(0, 16);

/** What is different about a case, undefined where nothing is; two differences of one kind are taken for the same. */
export function kindOf(test: Case): string | undefined {
  const { passed, got, sameMessage, sameLine } = runCase(test);
  const { error = 'output', message, crash } = got as { error?: string; message?: string; crash?: string };
  const wanted = test.expected.error ?? 'output';
  if (crash !== undefined) return `${wanted} crash ${crash.split('\n', 1)}`;
  if (!passed && wanted === error) return `output: ${beginning(test.expected)} ${beginning(got as Case['expected'])}`;
  if (!passed) return `${wanted} ${error} ${shape(test.expected.message)} ${shape(message)}`;
  if (sameMessage === false) return `message of ${wanted}: ${shape(test.expected.message)} ${shape(message)}`;
  return sameLine === false ? `line of ${wanted}` : undefined;
}

const ROUNDS = 12;
/** How many candidates a round tries: the ones that take most away. */
const TRIED = 160;

/** Takes pieces of the template away as long as a difference of the same kind remains. */
export async function shrink(found: Case, differing: Differing): Promise<Case> {
  let best = found;
  const kind = kindOf(found);
  for (let round = 0; round < ROUNDS; round++) {
    const smaller = await differing(pieces(best));
    const next = smaller.filter((one) => kindOf(one) === kind).sort((a, b) => sizeOf(a) - sizeOf(b))[0];
    if (next === undefined) break;
    best = next;
  }
  return best;
}

const sizeOf = ({ template, files, macros }: Generated): number =>
  template.length + JSON.stringify(files ?? '').length + (macros ?? '').length;

/** The case without each option, and without each run of tokens of its template, its files and its macros. */
function pieces(test: Case): Generated[] {
  const { template, options, files, macros } = test;
  const base = { template, options, ...(files && { files }), ...(macros !== undefined && { macros }) };
  const found: Generated[] = [];
  for (const key of Object.keys(options)) {
    if (key === 'env') continue;
    const { [key]: _, ...rest } = options;
    found.push({ ...base, options: rest });
  }
  for (const shorter of shortened(template)) found.push({ ...base, template: shorter });
  if (macros !== undefined) for (const shorter of shortened(macros)) found.push({ ...base, macros: shorter });
  for (const [name, text] of Object.entries(files ?? {})) {
    for (const shorter of shortened(text)) found.push({ ...base, files: { ...files, [name]: shorter } });
  }
  return found.sort((a, b) => sizeOf(a) - sizeOf(b)).slice(0, TRIED);
}

function shortened(text: string): string[] {
  const tokens = text.match(/\{[{%#][-+]?|[-+]?[}%#]\}|\w+|\s+|./gs) ?? [];
  const sizes = new Set([1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 64].filter((size) => size < tokens.length));
  const found: string[] = tokens.length > 0 ? [''] : [];
  for (const size of sizes) {
    for (let at = 0; at + size <= tokens.length; at += Math.max(1, Math.floor(size / 2))) {
      found.push([...tokens.slice(0, at), ...tokens.slice(at + size)].join(''));
    }
  }
  return found;
}
