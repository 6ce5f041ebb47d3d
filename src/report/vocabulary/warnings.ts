import { plural } from '../../util/plural.ts';
import { deprecation, type EventData, num, text, type Words, warning } from './word.ts';

/** What is not wrong enough to stop, but should be known. */
export const warningEvents: Words = {
  JinjaLogWarning: warning('I061', (d) => text(d, 'msg')),
  ValidationWarning: warning('I009', (d) => text(d, 'msg')),
  NoNodesSelected: warning('Q038', () => 'No nodes selected!'),
  NothingToDo: warning('Q035', () => 'Nothing to do. Try checking your model configs and model specification args'),
  NoNodesForSelectionCriteria: warning(
    'M030',
    (d) => `The selection criterion '${text(d, 'spec_raw')}' does not match any enabled nodes`,
  ),
  SelectExcludeIgnoredWithSelectorWarning: warning(
    'Z064',
    () => '--select and --exclude mean nothing beside --selector and are ignored',
  ),
  UnversionedBreakingChange: warning('I071', (d) => {
    const changes = (d['breaking_changes'] ?? []) as readonly string[];
    const model = `${text(d, 'model_name')} (${text(d, 'model_file_path')})`;
    return [`Breaking change to contracted, unversioned model ${model}`, ...changes].join('\n  - ');
  }),
  SnapshotTimestampWarning: warning(
    'Q043',
    (d) =>
      `Data type of snapshot table timestamp columns (${text(d, 'snapshot_time_data_type')}) doesn't match derived ` +
      `column 'updated_at' (${text(d, 'updated_at_data_type')}). Please update snapshot config 'updated_at'.`,
  ),
  PackageRedirectDeprecation: deprecation(
    'D001',
    undefined,
    (d) =>
      `The \`${text(d, 'old_name')}\` package goes by \`${text(d, 'new_name')}\` now: name it so in \`packages.yml\`.`,
  ),
  EnvironmentVariableRenamed: deprecation(
    'D009',
    undefined,
    (d) => `The environment variable \`${text(d, 'old_name')}\` is now named \`${text(d, 'new_name')}\``,
  ),
  EnvironmentVariableNamespaceDeprecation: deprecation(
    'D036',
    'EnvironmentVariableNamespaceDeprecation',
    (d) =>
      `\`${text(d, 'env_var')}\` means nothing to dbt, and names that begin with \`${text(d, 'reserved_prefix')}\` are kept for it`,
  ),
  WEOIncludeExcludeDeprecation: deprecation(
    'D031',
    'WEOIncludeExcludeDeprecation',
    () => 'In `warn_error_options`, `include` is now `error` and `exclude` is now `warn`',
  ),
  ModelParamUsageDeprecation: deprecation(
    'D032',
    'ModelParamUsageDeprecation',
    () => '`--models`, `--model` and `-m` are now `--select` or `-s`',
  ),
  CustomOutputPathInSourceFreshnessDeprecation: deprecation(
    'D029',
    'CustomOutputPathInSourceFreshnessDeprecation',
    (d) => `\`source freshness --output ${text(d, 'path')}\` will have no place of its own any more`,
  ),
  GetMetaKeyWarning: deprecation(
    'D041',
    'GetMetaKeyWarning',
    (d) => `The key '${text(d, 'meta_key')}' lies in \`meta\`: read it with config.meta_get`,
  ),
  DeprecationsSummary: deprecation('D028', 'DeprecationsSummary', (d) => {
    const kinds = (d['summaries'] ?? []) as readonly EventData[];
    const lines = kinds.map((one) => `- ${text(one, 'event_name')}: ${plural(num(one, 'occurrences'), 'occurrence')}`);
    const hint = d['show_all_hint'] === true ? ['`--show-all-deprecations` shows each of them'] : [];
    return ['Summary of encountered deprecations:', ...lines, ...hint].join('\n');
  }),
};
