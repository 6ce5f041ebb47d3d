export interface ResourceTypeArguments {
  /** `--resource-type`; may hold `all` and `default`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The types that a command works on, after `--resource-type` and `--exclude-resource-type`. */
export function resourceTypes(
  given: ResourceTypeArguments,
  all: readonly string[],
  byDefault: readonly string[],
): Set<string> {
  const named = given.include.length === 0 ? ['default'] : given.include;
  const wanted = named.flatMap((type) => (type === 'all' ? all : type === 'default' ? byDefault : [type]));
  const excluded = new Set(given.exclude);
  return new Set(wanted.filter((type) => !excluded.has(type)));
}
