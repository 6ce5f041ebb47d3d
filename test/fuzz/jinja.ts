import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Case, runCase } from '../conformance/jinja-case.ts';
import { type Generated, generate } from './generate.ts';
import { findPython, Peer } from './peer.ts';
import { shrink } from './shrink.ts';

/**
 * `npm run fuzz:jinja -- [--count N] [--seed S]`: templates made from a grammar, rendered by us and by Jinja2 in Python;
 * the output or the class of the error must be the same. The same seed makes the same templates. Each difference is shrunk
 * and printed as a case, one JSON a line, in the shape of test/conformance/jinja.
 */

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const context: Case['context'] = JSON.parse(
  readFileSync(new URL('../test/fuzz/context.json', import.meta.url), 'utf8'),
);

/** The names of the context that a template speaks of. */
function contextOf(template: string): Case['context'] {
  const words = new Set(template.match(/\w+/g));
  return Object.fromEntries(Object.entries(context).filter(([name]) => words.has(name)));
}

async function fuzz(python: string): Promise<void> {
  const peer = new Peer(python, context);
  const differing = async (batch: readonly Generated[]): Promise<Case[]> => {
    const answers = await peer.ask(batch);
    return batch.flatMap(({ template, options }, i) => {
      const { skip, ...expected } = answers[i]!;
      const test = { id: '', area: 'found', template, context: contextOf(template), options, expected };
      return skip || runCase(test).passed ? [] : [test];
    });
  };
  let failed = 0;
  for (let from = 0; from < count; from += 200) {
    const size = Math.min(200, count - from);
    const batch = Array.from({ length: size }, (_, i) => generate(seed * 1_000_003 + from + i));
    for (const found of await differing(batch)) {
      failed++;
      const small = failed > 30 ? found : await shrink(found, differing);
      console.log(JSON.stringify({ ...small, got: runCase(small).got }));
    }
  }
  peer.close();
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const python = findPython();
if (python === undefined) {
  console.log('skipped: there is no Python 3 here that could run Jinja2 3.1.6');
  console.log('0 passed, 0 failed');
} else await fuzz(python);
