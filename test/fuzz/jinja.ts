import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Case, runCase } from '../conformance/jinja-case.ts';
import { type Generated, generate, KINDS, type Kind } from './generate.ts';
import { findPython, Peer } from './peer.ts';
import { kindOf, shrink } from './shrink.ts';

/**
 * `npm run fuzz:jinja -- [--count N] [--seed S] [--kinds plain,files,dbt,modules]`: templates made from a grammar, rendered
 * by us and by Jinja2 in Python; the output, or the class, the text and the line of the error must be the same. The same seed
 * makes the same templates. The first differences of a kind are shrunk and printed as cases, one JSON a line, in the shape of
 * test/conformance/jinja. Without `--kinds` those with dbt's environment are made where the Python has dbt.
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    kinds: { type: 'string' },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const context: Case['context'] = JSON.parse(
  readFileSync(new URL('../test/fuzz/context.json', import.meta.url), 'utf8'),
);

/** Of one kind of difference so many are shrunk and printed, the others counted. */
const SHOWN = 1;

/** The names of the context that a template speaks of. */
function contextOf(made: Generated): Case['context'] {
  const words = new Set(JSON.stringify([made.template, made.files, made.macros]).match(/\w+/g));
  for (const word of [...words]) words.add(word.replace(/^[nrt]/, ''));
  return Object.fromEntries(Object.entries(context).filter(([name]) => words.has(name)));
}

async function fuzz(python: string): Promise<void> {
  const peer = new Peer(python, context);
  const kinds = (values.kinds?.split(',') as Kind[] | undefined) ?? (peer.hasDbt ? KINDS : ['plain', 'files']);
  let skipped = 0;
  const differing = async (batch: readonly Generated[]): Promise<Case[]> => {
    const answers = await peer.ask(batch);
    return batch.flatMap((made, i) => {
      const { skip, ...expected } = answers[i]!;
      if (skip) skipped++;
      const test = { id: '', area: 'found', ...made, context: contextOf(made), expected };
      return skip || kindOf(test) === undefined ? [] : [test];
    });
  };
  const found = new Map<string, number>();
  let failed = 0;
  for (let from = 0; from < count; from += 200) {
    const size = Math.min(200, count - from);
    const batch = Array.from({ length: size }, (_, i) => generate(seed * 1_000_003 + from + i, kinds));
    const failing = await differing(batch);
    const rendering = skipped;
    for (const test of failing) {
      failed++;
      const kind = kindOf(test)!;
      found.set(kind, (found.get(kind) ?? 0) + 1);
      if (found.get(kind)! > SHOWN) continue;
      const small = await shrink(test, differing);
      console.log(JSON.stringify({ ...small, got: runCase(small).got }));
    }
    skipped = rendering;
  }
  peer.close();
  for (const [kind, times] of [...found].sort((a, b) => b[1] - a[1]))
    if (times > SHOWN) console.log(`${times} x ${kind}`);
  console.log(
    `seed ${seed}, ${kinds.join(',')}: ${count - failed} passed, ${failed} failed, ${skipped} of them without an answer`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

const python = findPython();
if (python === undefined) {
  console.log('skipped: there is no Python 3 here that could run Jinja2 3.1.6');
  console.log('0 passed, 0 failed');
} else await fuzz(python);
