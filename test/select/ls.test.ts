import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/index.ts';
import { parseSelection, searchName, select, selectorName } from '../../src/select/index.ts';
import { graph, type LsCase, list, lsCases, manifest, optionsOf } from './shop.ts';

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

test('path: a package’s node is meant where the project has a file or folder of that path', () => {
  const member = (package_name: string, original_file_path: string): unknown => {
    const name = original_file_path.replace(/\W/g, '_');
    return {
      unique_id: `model.${package_name}.${name}`,
      name,
      package_name,
      original_file_path,
      resource_type: 'model',
    };
  };
  const nodes = [member('p', 'models/a.sql'), member('q', 'models/b.sql'), member('q', 'models/sub/a.sql')];
  const graph = buildGraph({
    ...manifest,
    ...{
      sources: {},
      exposures: {},
      functions: {},
      metrics: {},
      unit_tests: {},
      semantic_models: {},
      saved_queries: {},
    },
    nodes: Object.fromEntries(nodes.map((node) => [(node as { unique_id: string }).unique_id, node])) as never,
  });
  const chosen = (text: string) => {
    const spec = parseSelection({ select: [text], indirect: 'eager' });
    return [...select({ graph, spec, projectName: 'p', includeEmpty: true }).ids].map((id) => id.split('.')[1]);
  };
  expect(chosen('path:models')).toEqual(['p', 'q', 'q']);
  expect(chosen('path:models/*.sql')).toEqual(['p']);
  expect(chosen('path:models/sub')).toEqual([]);
});
