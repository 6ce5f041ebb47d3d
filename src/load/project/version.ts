import { type At, TsdbtError } from '../../error/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';

/** Checks `require-dbt-version` against the version of dbt that we are. Null where it fits. */
export async function versionProblem(
  name: string,
  ranges: readonly string[],
  at: () => At,
): Promise<TsdbtError | null> {
  if (ranges.length === 0) return null;
  const malformed = ranges.find((range) => !/^(?:>=|<=|>|<|=)?\d+\.\d+\.\d+[-.\w+]*$/.test(range.replaceAll(' ', '')));
  if (malformed !== undefined) {
    return new TsdbtError({ code: 'TSD1003', message: `"${malformed}" is not a valid semantic version.`, at: at() });
  }
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  // dbt takes a prerelease without its hyphen: 1.6.0rc2.
  const range = ranges
    .join(' ')
    .replace(/([<>=]) +/g, '$1')
    .replace(/(\.\d+)(?=[a-z])/gi, '$1-');
  const fits = satisfies(DBT_VERSION, range, { includePrerelease: true });
  if (fits) return null;
  return new TsdbtError({
    code: 'TSD1003',
    message: `This version of dbt is not supported with the '${name}' package.\n  Installed version of dbt: =${DBT_VERSION}\n  Required version of dbt for '${name}': ${JSON.stringify(ranges)}`,
    at: at(),
    hint: `Check for a different version of the '${name}' package, or run again with --no-version-check.`,
  });
}
