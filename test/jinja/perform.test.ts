import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { JinjaError, perform, runSync } from '../../src/jinja/index.ts';
import { type Case, environment, scopeFor } from '../conformance/jinja-case.ts';

// What is run on the tree must do what compiled code does: the same text, the same error on the same line.
const folder = fileURLToPath(new URL('../conformance/jinja/', import.meta.url));
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(folder + name, 'utf8')) as Case[])
  .filter((each) => each.options['native'] !== true);

type Answer = { readonly text: string } | { readonly error: unknown; readonly lines: unknown };

function answer(work: () => string): Answer {
  try {
    return { text: work() };
  } catch (error) {
    if (!(error instanceof JinjaError)) return { error: String(error), lines: undefined };
    return { error: [error.kind, error.message], lines: error.templateFrames.at(-1) };
  }
}

/** Undefined where the tree holds what must be compiled. */
function performed(each: Case): Answer | undefined {
  const home = environment(each);
  let isRun = true;
  const made = answer(() => {
    const output: string[] = [];
    isRun = perform(
      home,
      home.parse(each.template),
      scopeFor(each),
      { file: undefined, lineOffset: 0, source: each.template },
      output,
    );
    return output.join('');
  });
  return isRun ? made : undefined;
}

function compiled(each: Case): Answer {
  const home = environment(each);
  return answer(() => runSync(home.compile(each.template).render(scopeFor(each))));
}

const steady = (value: unknown): string => JSON.stringify(value).replace(/0x[0-9a-f]+/gi, '0x0');

describe.each([...new Set(cases.map((each) => each.area))])('%s', (area) => {
  test('performed as compiled', () => {
    let count = 0;
    for (const each of cases.filter((one) => one.area === area)) {
      const own = performed(each);
      if (own === undefined) continue;
      count++;
      expect(steady(own), `${each.id}: ${each.template}`).toBe(steady(compiled(each)));
    }
    expect(count).toBeGreaterThanOrEqual(0);
  });
});

test('most cases can be performed', () => {
  const all = cases.map(performed);
  expect(all.filter((each) => each !== undefined).length).toBeGreaterThan(all.length / 2);
});
