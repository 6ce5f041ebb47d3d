import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Case, runCase } from '../conformance/jinja-case.ts';

const folder = new URL('../conformance/jinja/', import.meta.url);
describe('what Jinja2 3.1.6 gave', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[];
    it(cases[0]!.area, () => {
      const failed = cases.map((test) => ({ test, ...runCase(test) })).filter(({ passed }) => !passed);
      expect(
        failed.map(({ test, got }) => ({ id: test.id, template: test.template, expected: test.expected, got })),
      ).toEqual([]);
    });
  }
});
