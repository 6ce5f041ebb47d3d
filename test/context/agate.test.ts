import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type AgateData, AgateTable } from '../../src/context/index.ts';
import { hostFunction, scopeOf } from '../../src/jinja/index.ts';
import { attempt, type Case } from './as-in-dbt.ts';

/** A table of agate as dbt makes it of a query's rows; what templates and print_table show of it. */
interface Fixture {
  readonly data: AgateData;
  readonly printed: readonly string[];
  readonly cases: readonly Case[];
  /** What a template writes to stdout. */
  readonly written: readonly { readonly template: string; readonly text: string }[];
}

const fixture = JSON.parse(readFileSync(new URL('fixtures/agate.json', import.meta.url), 'utf8')) as Fixture;
const table = AgateTable.of(fixture.data);
const scope = scopeOf({ t: table });

describe('a table', () => {
  it.each(fixture.cases)('$template', (expected) => {
    expect(attempt(expected.template, scope)).toEqual(expected);
  });

  it('prints as agate does', () => {
    const printed = [
      table.printed(),
      table.printed({ maxRows: null, maxColumns: null, maxColumnWidth: 50 }),
      table.printed({ maxRows: 2, maxColumns: 3, maxPrecision: null }),
    ];
    expect(printed).toEqual(fixture.printed);
  });

  it('writes to stdout from a template', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      attempt(
        '{% do t.limit(1).select(["id"]).print_table() %}{% do t.limit(1).select(["price","day"]).print_json() %}',
        scope,
      );
      expect(write.mock.calls.map(([text]) => text)).toEqual([
        '| id |\n| -- |\n|  1 |\n',
        '[{"price": 10.5, "day": "2024-01-02"}]',
      ]);
    } finally {
      write.mockRestore();
    }
  });

  it.each(fixture.written)('$template', ({ template, text }) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      attempt(template, scope);
      expect(write.mock.calls.map(([part]) => part).join('')).toBe(text);
    } finally {
      write.mockRestore();
    }
  });

  it('names columns that have none, or the same', () => {
    const columns = ['a', 'a', '', 'a'].map((name) => ({ name, type: 'integer' as const }));
    expect(AgateTable.of({ columns, rows: [] }).columnNames).toEqual(['a', 'a_2', 'c', 'a_3']);
  });

  it('filters, finds and orders by functions', () => {
    const words = scopeOf({
      t: table,
      is_short: hostFunction('is_short', ([row]) => row.pyItem('name').length < 5),
      by_name: hostFunction('by_name', ([row]) => row.pyItem('name')),
    });
    const template = '{{ t.where(is_short)|length }} {{ t.find(is_short).id }} {{ t.order_by(by_name).rows[0].name }}';
    expect(attempt(template, words)).toEqual({ template, output: '3 1 005' });
  });
});
