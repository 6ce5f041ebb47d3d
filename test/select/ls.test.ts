import { describe, expect, test } from 'vitest';
import { searchName, selectorName } from '../../src/select/index.ts';
import { graph, type LsCase, list, lsCases, optionsOf } from './shop.ts';

const PRINT: Readonly<Record<string, (id: string) => string>> = {
  selector: (id) => selectorName(graph.node(id)),
  name: (id) => searchName(graph.node(id)),
  path: (id) => graph.node(id).original_file_path,
  json: (id) => id,
};

/** What dbt printed; of JSON lines only the id, as the fields are not this room's. */
function printed({ args, out }: LsCase): readonly string[] {
  if (optionsOf(args)['output']?.[0] !== 'json') return out ?? [];
  return (out ?? []).map((line) => (JSON.parse(line) as { unique_id: string }).unique_id);
}

describe('every ls call that real dbt answered', () => {
  test('there are 101 of them', () => expect(lsCases).toHaveLength(101));

  test.each(lsCases.filter(({ success }) => success))('ls $args', (example) => {
    const { ids, warnings } = list(example.args);
    const print = PRINT[optionsOf(example.args)['output']?.[0] ?? 'selector'] as (id: string) => string;
    expect([...ids].sort().map(print)).toEqual(printed(example));
    if (ids.size === 0 && example.args[1] === 'nonexistent') expect(warnings).toHaveLength(1);
  });

  test.each(lsCases.filter(({ success }) => !success))('ls $args fails', ({ args, exc }) => {
    const message = (exc ?? '').split('\n').at(-1)?.trim();
    expect(() => list(args)).toThrow(message);
  });
});
