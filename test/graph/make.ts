import type { Manifest } from '../../src/model/index.ts';

/** A manifest of bare nodes: each key is a unique_id, each value the ids that it reads. */
export function manifestOf(reads: Readonly<Record<string, readonly string[]>>): Manifest {
  const nodes: Record<string, unknown> = {};
  const unitTests: Record<string, unknown> = {};
  for (const [id, parents] of Object.entries(reads)) {
    const [type = '', , name = ''] = id.split('.');
    const node = {
      unique_id: id,
      resource_type: type,
      name,
      package_name: 'p',
      original_file_path: `models/${name}.sql`,
      fqn: ['p', name],
      raw_code: 'select 1',
      tags: [],
      config: { enabled: true },
      depends_on: { nodes: parents },
    };
    (type === 'unit_test' ? unitTests : nodes)[id] = node;
  }
  const empty = { sources: {}, exposures: {}, metrics: {}, functions: {}, semantic_models: {}, saved_queries: {} };
  return { ...empty, nodes, unit_tests: unitTests } as unknown as Manifest;
}
