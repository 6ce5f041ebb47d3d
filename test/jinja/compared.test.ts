import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Case, runCase } from '../conformance/jinja-case.ts';

/** Random templates (seeds 3 and 100) and templates by hand, with what Jinja2 3.1.6 in Python gave for them. */
interface Group {
  readonly name: string;
  readonly context: Case['context'];
  readonly files?: Record<string, string>;
  readonly cases: readonly Pick<Case, 'template' | 'options' | 'expected'>[];
}

const groups = JSON.parse(readFileSync(new URL('fixtures/compared.json', import.meta.url), 'utf8')) as Group[];

describe('the same as Jinja2 in Python', () => {
  for (const { cases, name, ...shared } of groups) {
    it(name, () => {
      const failed = cases.flatMap(({ template, options = {}, expected }) => {
        const outcome = runCase({ id: '', area: name, ...shared, template, options, expected });
        return outcome.passed ? [] : [{ template, expected, got: outcome.got }];
      });
      expect(failed).toEqual([]);
    });
  }
});
