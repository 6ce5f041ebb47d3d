import type { ConfigTrees, Package } from '../../src/model/index.ts';
import type { DataMap } from '../../src/util/data.ts';

const NO_TREES: ConfigTrees = {
  models: {},
  seeds: {},
  snapshots: {},
  sources: {},
  data_tests: {},
  unit_tests: {},
  analyses: {},
  exposures: {},
  metrics: {},
  'semantic-models': {},
  'saved-queries': {},
  functions: {},
};

/** A package with the given trees, dbt's usual folders, and nothing else. */
export function packageNamed(
  name: string,
  trees: Partial<Record<keyof ConfigTrees, DataMap>>,
  root = '/nowhere',
): Package {
  return {
    name,
    version: null,
    root,
    paths: {
      model: ['models'],
      seed: ['seeds'],
      test: ['tests'],
      analysis: ['analyses'],
      macro: ['macros'],
      snapshot: ['snapshots'],
      docs: [],
      asset: [],
      function: ['functions'],
    },
    trees: { ...NO_TREES, ...trees },
    unrenderedTrees: { ...NO_TREES, ...trees },
    vars: {},
    onRunStart: [],
    onRunEnd: [],
    dispatch: [],
    quoting: {},
    requireDbtVersion: [],
    restrictAccess: false,
  };
}
