import { type Data, type DataMap, isDataMap } from '../../util/data.ts';

/**
 * The levels of a dbt_project.yml tree that apply to a node, from shallow to deep: each folder of the fqn may hold
 * settings, written `+key`, or plainly where the value cannot be mistaken for a folder.
 */
export function treeLevels(tree: DataMap, fqn: readonly string[]): readonly DataMap[] {
  const levels: DataMap[] = [];
  let here: Data = tree;
  for (let depth = 0; isDataMap(here); depth++) {
    levels.push(settings(here));
    const step: string | undefined = fqn[depth];
    here = step === undefined ? null : (here[step] ?? null);
  }
  return levels;
}

function settings(level: DataMap): DataMap {
  const result: Record<string, Data> = {};
  for (const [key, value] of Object.entries(level)) {
    if (key.startsWith('+')) result[key.slice(1).trim()] = value;
    else if (!isDataMap(value)) result[key] = value;
  }
  return result;
}
