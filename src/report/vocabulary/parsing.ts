import { deprecation, type EventData, text, type Words, warning } from './word.ts';

const version = (data: EventData, key: string): string => (text(data, key) === '' ? '' : `.v${text(data, key)}`);

/** What a parse warns of: names that lead nowhere, settings that fit nothing, models past their time. */
export const parsingEvents: Words = {
  NoNodeForYamlKey: warning(
    'I058',
    (d) =>
      `Did not find matching node for patch with name '${text(d, 'patch_name')}' in the '${text(d, 'yaml_key')}' section of file '${text(d, 'file_path')}'`,
  ),
  WrongResourceSchemaFile: warning(
    'I057',
    (d) =>
      `'${text(d, 'patch_name')}' is a ${text(d, 'resource_type')} node, but it is specified in the ${text(d, 'yaml_key')} section of ${text(d, 'file_path')}. To fix this, place it under the ${text(d, 'plural_resource_type')} key.`,
  ),
  MacroNotFoundForPatch: warning('I059', (d) => `Found patch for macro "${text(d, 'patch_name')}" which was not found`),
  InvalidMacroAnnotation: warning('I076', (d) => text(d, 'msg')),
  NodeNotFoundOrDisabled: warning('I060', missing),
  InvalidDisabledTargetInTestNode: { code: 'I050', level: 'debug', say: missing },
  UnusedResourceConfigPath: warning('I051', (d) => {
    const paths = Array.isArray(d['unused_config_paths']) ? d['unused_config_paths'].map(String) : [];
    const list = paths.map((path) => `\n- ${path}`).join('');
    return `Configuration paths exist in your dbt_project.yml file which do not apply to any resources.\nThere are ${paths.length} unused configuration paths:${list}`;
  }),
  DeprecatedModel: warning(
    'I065',
    (d) =>
      `Model ${text(d, 'model_name')}${version(d, 'model_version')} has passed its deprecation date of ${text(d, 'deprecation_date')}. This model should be disabled or removed.`,
  ),
  UpcomingReferenceDeprecation: warning('I066', (d) => referred(d, 'is slated for deprecation on')),
  DeprecatedReference: warning('I067', (d) => referred(d, 'was deprecated on')),
  SpacesInResourceNameDeprecation: warning('D014', (d) => `Found spaces in the name of \`${text(d, 'unique_id')}\``),
  DuplicateYAMLKeysDeprecation: deprecation(
    'D024',
    'DuplicateYAMLKeysDeprecation',
    (d) => `${text(d, 'duplicate_description')} in file \`${text(d, 'file')}\``,
  ),
  MissingArgumentsPropertyInGenericTestDeprecation: deprecation(
    'D039',
    'MissingArgumentsPropertyInGenericTestDeprecation',
    (d) =>
      `Found top-level arguments to test ${text(d, 'test_name')}. Arguments to generic tests should be nested under the \`arguments\` property.`,
  ),
};

function missing(data: EventData): string {
  const inPackage = text(data, 'target_package') === '' ? '' : `in package '${text(data, 'target_package')}' `;
  const reason = data['disabled'] === 'True' ? 'is disabled' : 'was not found';
  return `${text(data, 'resource_type_title')} '${text(data, 'unique_id')}' (${text(data, 'original_file_path')}) depends on a ${text(data, 'target_kind')} named '${text(data, 'target_name')}' ${inPackage}which ${reason}`;
}

function referred(data: EventData, what: string): string {
  const name = text(data, 'ref_model_name');
  const newer =
    text(data, 'ref_model_version') !== '' &&
    text(data, 'ref_model_version') !== text(data, 'ref_model_latest_version');
  const advice = newer
    ? ` A new version of '${name}' is available. Try it out: {{ ref('${text(data, 'ref_model_package')}', '${name}', v='${text(data, 'ref_model_latest_version')}') }}.`
    : '';
  return `While compiling '${text(data, 'model_name')}': Found a reference to ${name}${version(data, 'ref_model_version')}, which ${what} '${text(data, 'ref_model_deprecation_date')}'.${advice}`;
}
