import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/index.ts';
import type { Manifest } from '../../src/model/index.ts';
import { type PriorState, parseSelection, type Selection, select } from '../../src/select/index.ts';
import { WholeFloat } from '../../src/util/data.ts';
import { manifest } from './shop.ts';

/** The shop's manifest with something changed. */
// biome-ignore lint/suspicious/noExplicitAny: a draft of a manifest is changed anywhere
function changed(change: (draft: any) => void): Manifest {
  const draft = structuredClone(manifest);
  change(draft);
  return draft;
}

function run(selector: string, before: Manifest, now: Manifest = manifest, more: PriorState = {}): Selection {
  const spec = parseSelection({ select: [selector], indirect: 'empty' });
  const state = { manifest: before, current: now, ...more };
  return select({ graph: buildGraph(now), spec, projectName: 'shop', state });
}
const ids = (selector: string, before: Manifest, now?: Manifest) => [...run(selector, before, now).ids].sort();
const MODEL = 'model.shop.stg_orders';
const kinds = ['body', 'configs', 'persisted_descriptions', 'relation', 'macros', 'contract'];

describe('nothing changed', () => {
  test('nothing is new or modified, and all is old and unmodified', () => {
    const all = buildGraph(manifest).ids.length;
    expect(ids('state:new', manifest)).toEqual([]);
    expect(ids('state:modified', manifest)).toEqual([]);
    for (const kind of kinds) expect(ids(`state:modified.${kind}`, manifest)).toEqual([]);
    expect(ids('state:old', manifest)).toHaveLength(all);
    expect(ids('state:unmodified', manifest)).toHaveLength(all);
  });

  test('a whole float read from JSON is the float it was written from', () => {
    const now = changed((draft) => {
      draft.nodes[MODEL].unrendered_config.ratio = new WholeFloat(1);
    });
    // A clone would lose the class.
    (now.nodes[MODEL] as unknown as { unrendered_config: object }).unrendered_config = { ratio: new WholeFloat(1) };
    const before = changed((draft) => {
      draft.nodes[MODEL].unrendered_config = { ratio: 1 };
    });
    expect(ids('state:modified', before, now)).toEqual([]);
  });
});

describe('each kind of change', () => {
  const one = (change: (node: Record<string, unknown>) => void, id = MODEL) =>
    changed((draft) => change(draft.nodes[id]));
  const found = (before: Manifest) =>
    Object.fromEntries(kinds.map((kind) => [kind, ids(`state:modified.${kind}`, before)]));
  const only = (kind: string, id = MODEL) => Object.fromEntries(kinds.map((name) => [name, name === kind ? [id] : []]));

  test('the text', () => {
    const before = one((node) => {
      node['raw_code'] = 'select 1';
    });
    expect(found(before)).toEqual(only('body'));
    expect(ids('state:modified', before)).toEqual([MODEL]);
    expect(ids('state:modified+1', before)).toContain('model.shop.fct_orders');
  });

  test('a seed’s rows', () => {
    const id = 'seed.shop.raw_orders';
    expect(found(one((node) => Object.assign(node, { checksum: { name: 'sha256', checksum: 'x' } }), id))).toEqual(
      only('body', id),
    );
  });

  test('configuration as written, but not tags and group', () => {
    const before = one((node) => {
      node['unrendered_config'] = { ...(node['unrendered_config'] as object), engine: 'Log' };
    });
    expect(found(before)).toEqual(only('configs'));
    const tagged = one((node) => {
      node['unrendered_config'] = { ...(node['unrendered_config'] as object), tags: ['x'], group: 'g' };
    });
    expect(ids('state:modified', tagged)).toEqual([]);
  });

  test('the place in the database', () => {
    const before = one((node) => {
      node['unrendered_config'] = { ...(node['unrendered_config'] as object), alias: 'other' };
    });
    expect(found(before)).toEqual(only('relation'));
  });

  test('descriptions, where they are written to the database', () => {
    const id = 'model.shop.documented';
    const node = manifest.nodes[id];
    expect(node?.config['persist_docs']).toMatchObject({ relation: true });
    expect(found(one((old) => Object.assign(old, { description: 'was otherwise' }), id))).toEqual(
      only('persisted_descriptions', id),
    );
    expect(
      ids(
        'state:modified',
        one((old) => Object.assign(old, { description: 'x' })),
      ),
    ).toEqual([]);
  });

  test('a macro, and one below a macro', () => {
    const before = changed((draft) => {
      draft.macros['macro.shop.cents'].macro_sql = 'otherwise';
    });
    expect(ids('state:modified.macros', before)).toEqual([MODEL]);
    const nested = (manifestOf: Manifest): Manifest => {
      const draft = structuredClone(manifestOf) as unknown as {
        macros: Record<string, { depends_on: { macros: string[] } }>;
      };
      draft.macros['macro.shop.cents']?.depends_on.macros.push('macro.shop.pivot', 'macro.shop.cents');
      return draft as unknown as Manifest;
    };
    const other = changed((draft) => {
      draft.macros['macro.shop.pivot'].macro_sql = 'otherwise';
    });
    expect(ids('state:modified.macros', nested(other), nested(manifest))).toContain(MODEL);
  });

  test('what refs depend on: access, latest version, deprecation', () => {
    expect(
      ids(
        'state:modified',
        one((node) => Object.assign(node, { access: 'private' })),
      ),
    ).toEqual([MODEL]);
  });

  test('sources, exposures and unit tests have their own idea', () => {
    const before = changed((draft) => {
      draft.sources['source.shop.raw.orders'].identifier = 'x';
      draft.sources['source.shop.raw.customers'].description = 'x';
      draft.exposures['exposure.shop.weekly'].owner = { name: 'someone else' };
      draft.unit_tests['unit_test.shop.stg_orders.test_cents'].checksum = 'x';
    });
    expect(ids('state:modified', before)).toEqual([
      'exposure.shop.weekly',
      'source.shop.raw.orders',
      'unit_test.shop.stg_orders.test_cents',
    ]);
  });

  test('a new node is modified, a new source is only new', () => {
    const before = changed((draft) => {
      delete draft.nodes[MODEL];
      delete draft.sources['source.shop.raw.orders'];
    });
    expect(ids('state:new', before)).toEqual([MODEL, 'source.shop.raw.orders']);
    expect(ids('state:modified', before)).toEqual([MODEL]);
    expect(ids('state:modified.body', before)).toEqual([MODEL]);
  });
});

describe('contracts', () => {
  const id = 'model.shop.contracted';
  const contracted = (change: (node: Record<string, unknown>) => void): Manifest =>
    changed((draft) => {
      draft.nodes[id].contract = { enforced: true, alias_types: true, checksum: 'before' };
      change(draft.nodes[id]);
    });
  const column = (data_type: string) => ({ name: 'more', description: '', data_type, constraints: [] });

  test('a column that is gone breaks it', () => {
    const before = contracted((node) => {
      node['columns'] = { ...(node['columns'] as object), more: column('String') };
    });
    const { ids, warnings } = run('state:modified.contract', before);
    expect([...ids]).toEqual([id]);
    expect(warnings).toEqual([
      {
        name: 'UnversionedBreakingChange',
        data: {
          breaking_changes: ['Columns were removed: \n    - more'],
          model_name: 'contracted',
          model_file_path: 'models/marts/contracted.sql',
        },
      },
    ]);
  });

  test('a wider type does not, another type does', () => {
    const withColumn = (data_type: string) => (node: Record<string, unknown>) => {
      node['columns'] = { ...(node['columns'] as object), more: column(data_type) };
    };
    const now = contracted((node) => {
      node['contract'] = { enforced: true, checksum: 'now' };
      withColumn('Decimal(18, 2)')(node);
    });
    expect(run('state:modified', contracted(withColumn('Decimal(9, 2)')), now).warnings).toEqual([]);
    expect(run('state:modified', contracted(withColumn('String')), now).warnings).toMatchObject([
      { data: { breaking_changes: ['Columns with data_type changes: \n    - more (String -> Decimal(18, 2))'] } },
    ]);
  });

  test('a check that is gone breaks it; other constraints were never enforced', () => {
    const now = contracted((node) =>
      Object.assign(node, { contract: { enforced: true, checksum: 'now' }, constraints: [] }),
    );
    const before = (type: string) => contracted((node) => Object.assign(node, { constraints: [{ type, name: 'c' }] }));
    expect(run('state:modified', before('unique'), now).warnings).toEqual([]);
    expect(run('state:modified', before('check'), now).warnings).toMatchObject([
      {
        data: {
          breaking_changes: ["Enforced model level constraints were removed: \n    - 'c' constraint on columns []"],
        },
      },
    ]);
  });

  test('of a versioned model it is an error', () => {
    const versioned = 'model.shop.report.v1';
    const before = changed((draft) => {
      draft.nodes[versioned].contract = { enforced: true, checksum: 'x' };
    });
    expect(() => run('state:modified', before)).toThrow('detected a breaking change to an enforced contract');
  });

  test('a contracted model that is gone is told once, unless it was deprecated', () => {
    const before = contracted(() => {});
    const now = changed((draft) => {
      delete draft.nodes[id];
    });
    const { warnings } = run('state:modified state:unmodified', before, now);
    const broken = warnings.filter(({ name }) => name === 'UnversionedBreakingChange');
    expect(broken.map(({ data }) => data['breaking_changes'])).toEqual([
      [`Contracted model '${id}' was deleted or renamed.`],
    ]);
    const deprecated = contracted((node) => Object.assign(node, { deprecation_date: '2020-01-01' }));
    expect(run('state:old', deprecated, now, { now: new Date() }).warnings).toEqual([]);
    expect(run('state:modified', deprecated, now, { now: new Date('2021-01-01') }).warnings).not.toContainEqual(
      expect.objectContaining({ name: 'UnversionedBreakingChange' }),
    );
  });
});

describe('the other methods that look back', () => {
  const spec = (text: string) => parseSelection({ select: [text], indirect: 'empty' });
  const pick = (text: string, state: PriorState = {}) =>
    [...select({ graph: buildGraph(manifest), spec: spec(text), projectName: 'shop', state }).ids].sort();

  test('an unknown kind of state', () => {
    expect(() => run('state:odd', manifest)).toThrow('Got an invalid selector "odd"');
  });

  test('results of the run before', () => {
    const results = [
      { unique_id: MODEL, status: 'error' as const },
      { unique_id: 'model.shop.stg_eph', status: 'success' as const },
    ];
    expect(pick('result:error', { results })).toEqual([MODEL]);
    expect(() => pick('result:error')).toThrow('No comparison run_results');
  });

  test('sources that are fresher than they were', () => {
    const sources = { 'source.shop.raw.orders': '2024-01-01T00:00:00Z' };
    const currentSources = {
      'source.shop.raw.orders': '2024-01-01T00:00:01Z',
      'source.shop.raw.customers': '2020-01-01',
    };
    expect(pick('source_status:fresher', { sources, currentSources })).toEqual(Object.keys(currentSources).sort());
    expect(pick('source_status:fresher', { sources: currentSources, currentSources })).toEqual([]);
    expect(() => pick('source_status:fresher', { sources })).toThrow('No current state comparison');
  });
});
