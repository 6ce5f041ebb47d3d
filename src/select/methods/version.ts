import { invalidValue, type Matcher, type Search, textOf } from './search.ts';

type Version = string | number | null | undefined;

export function byVersion(search: Search): Matcher {
  const wanted = textOf(search);
  const test = tests[wanted];
  if (test === undefined) {
    throw invalidValue(
      `Invalid version type selector ${wanted}: expected one of: "latest", "prerelease", "old", or "none"`,
    );
  }
  return (node) => {
    if (node.resource_type !== 'model') return false;
    const { version, latest_version: latest } = node as { version?: Version; latest_version?: Version };
    return test(version, latest);
  };
}

const tests: Readonly<Record<string, (version: Version, latest: Version) => boolean>> = {
  latest: (version, latest) => version != null && version === latest,
  prerelease: (version, latest) => compare(version, latest) > 0,
  old: (version, latest) => compare(version, latest) < 0,
  none: (version) => version == null,
};

/** Numbers as numbers where both are; otherwise as text. 0 where one is missing. */
function compare(version: Version, latest: Version): number {
  if (!version || !latest) return 0;
  const [left, right] = [Number(version), Number(latest)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return String(version) < String(latest) ? -1 : Number(String(version) > String(latest));
}
