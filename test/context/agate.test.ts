import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type AgateData, AgateTable } from '../../src/context/index.ts';
import { scopeOf } from '../../src/jinja/index.ts';
import { attempt, type Case } from './as-in-dbt.ts';

/** A table of agate as dbt makes it of a query's rows; what templates and print_table show of it. */
interface Fixture {
  readonly data: AgateData;
  readonly printed: readonly string[];
  readonly cases: readonly Case[];
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

  it('names columns that have none, or the same', () => {
    const columns = ['a', 'a', '', 'a'].map((name) => ({ name, type: 'integer' as const }));
    expect(AgateTable.of({ columns, rows: [] }).columnNames).toEqual(['a', 'a_2', 'c', 'a_3']);
  });

  it('filters and finds with macros', () => {
    const template =
      '{% macro odd(row) %}{% endmacro %}{{ t.where(is_text).rows|length }} {{ t.find(is_text).id }} {{ t.order_by(by_name).rows[0].name }}';
    const words = scopeOf({ t: table, ...functions });
    expect(attempt(template.replace(/\{% macro.*endmacro %\}/, ''), words)).toMatchObject({
      output: '2 18446744073709551615 005',
    });
  });
});

import { hostFunction } from '../../src/jinja/index.ts';

const functions = {
  is_text: hostFunction('is_text', ([row]) => String(row.pyItem('name')).match(/^(005|null)$/) !== null),
  by_name: hostFunction('by_name', ([row]) => row.pyItem('name')),
};
