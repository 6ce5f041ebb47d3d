import type { DataMap } from '../../util/data.ts';
import type { Problems } from '../problems.ts';
import type { Found } from '../types.ts';
import { maps } from '../yaml/values.ts';

const NAME = /^(?!.*__)[a-z][a-z0-9_]*[a-z0-9]$/;

/** MetricFlow makes column names of these, and refuses what may not be one. */
export function checkNames(found: Found, problems: Problems): void {
  const named: readonly (readonly [id: string, names: readonly unknown[]])[] = [
    ...[...found.semanticModels.values()].map(({ unique_id, name, entities, dimensions, measures }) => {
      return [unique_id, [name, ...namesOf(entities), ...namesOf(dimensions), ...namesOf(measures)]] as const;
    }),
    ...[...found.metrics.values()].map(({ unique_id, name, type_params }) => {
      const aliases = maps((type_params as DataMap).metrics).flatMap(({ alias = null }) => alias ?? []);
      return [unique_id, [name, ...aliases]] as const;
    }),
    ...[...found.savedQueries.values()].map(({ unique_id, name }) => [unique_id, [name]] as const),
  ];
  for (const [id, names] of named) {
    const wrong = names.find((name) => !NAME.test(String(name)));
    if (wrong === undefined) continue;
    problems.add({
      code: 'TSD1101',
      message: `Invalid name \`${String(wrong)}\` - names may only contain lower case letters, numbers, and underscores. Additionally, names must start with a lower case letter, cannot end with an underscore, cannot contain dunders (double underscores, or __), and must be at least 2 characters long.`,
      at: found.places.get(id)?.(),
      hint: `${id} has it`,
    });
  }
}

const namesOf = (elements: readonly DataMap[]): readonly unknown[] => elements.map(({ name }) => name);
