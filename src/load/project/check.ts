import { type At, TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap, WholeFloat } from '../../util/data.ts';
import { nearest } from '../../util/nearest.ts';
import type { YamlPath } from '../../util/yaml.ts';
import { PROJECT_KEYS, RESERVED_NAMES } from './keys.ts';

/** What is wrong with a rendered dbt_project.yml. Each problem points to its place. */
export function checkProject(data: DataMap, at: (path: YamlPath) => At): TsdbtError[] {
  const problems: TsdbtError[] = [];
  const report = (path: YamlPath, message: string, hint?: string) => {
    problems.push(new TsdbtError({ code: 'TSD1003', message, at: at(path), hint }));
  };
  for (const key of Object.keys(data)) {
    if (PROJECT_KEYS.includes(key)) continue;
    const meant = nearest(key, PROJECT_KEYS);
    report([key], `dbt_project.yml has no key '${key}'`, meant === undefined ? undefined : `Did you mean '${meant}'?`);
  }
  const reason = wrongName(data['name']);
  if (reason !== null) report(['name'], reason);
  const { version } = data;
  if (version !== undefined && version !== null && typeof version !== 'string' && !isNumber(version)) {
    report(['version'], "'version' must be a version such as '1.0.0'");
  }
  for (const [key, value] of Object.entries(data)) {
    const wrong = wrongType(key, value);
    if (wrong !== null) report([key], wrong);
  }
  if (!isEmpty(data['tests']) && !isEmpty(data['data_tests'])) {
    report(['tests'], "Invalid project config: cannot have both 'tests' and 'data_tests' defined");
  }
  return problems;
}

function wrongName(name: Data | undefined): string | null {
  if (name === undefined || name === null) return 'Required "name" field not present in project';
  if (typeof name !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
    return `'${String(name)}' is no name for a project: letters, digits and underscores, not starting with a digit`;
  }
  return RESERVED_NAMES.includes(name) ? `Invalid project name: ${name} is a reserved word` : null;
}

const TREES =
  /^(?:models|seeds|snapshots|sources|tests|data_tests|unit_tests|analyses|exposures|metrics|semantic-models|saved-queries|functions|vars|quoting|flags|dbt-cloud)$/;

function wrongType(key: string, value: Data): string | null {
  if (value === null) return null;
  if (/-paths$|^clean-targets$/.test(key)) return isTextList(value) ? null : `'${key}' must be a list of folders`;
  if (TREES.test(key)) return isDataMap(value) ? null : `'${key}' must be a mapping`;
  if (/^on-run-(?:start|end)$/.test(key)) {
    return typeof value === 'string' || isTextList(value)
      ? null
      : `'${key}' must be a statement or a list of statements`;
  }
  if (key === 'require-dbt-version') {
    return typeof value === 'string' || isTextList(value) ? null : `'${key}' must be a range such as '>=1.10.0,<2.0.0'`;
  }
  if (key === 'dispatch') return wrongDispatch(value);
  if (key === 'query-comment') {
    return typeof value === 'string' || value === false || isDataMap(value)
      ? null
      : `'${key}' must be text, false or a mapping`;
  }
  return null;
}

function wrongDispatch(value: Data): string | null {
  const entries: readonly Data[] = Array.isArray(value) ? value : [value];
  const wrong = entries.find(
    (entry) => !isDataMap(entry) || typeof entry['macro_namespace'] !== 'string' || !isTextList(entry['search_order']),
  );
  return wrong === undefined ? null : `Invalid project dispatch config: ${JSON.stringify(wrong)}`;
}

function isTextList(value: Data | undefined): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumber(value: Data): boolean {
  return typeof value === 'number' || value instanceof WholeFloat;
}

function isEmpty(value: Data | undefined): boolean {
  return value === undefined || value === null || (isDataMap(value) && Object.keys(value).length === 0);
}
