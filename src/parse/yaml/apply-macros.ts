import { TsdbtError } from '../../error/index.ts';
import type { Event } from '../../model/index.ts';
import type { Data } from '../../util/data.ts';
import type { Problems } from '../problems.ts';
import type { Found } from '../types.ts';
import { isMacroType } from './macro-types.ts';
import type { Properties } from './properties.ts';
import { fileId } from './schema-file.ts';
import { mapOr, maps, textOr, textOrNull } from './values.ts';

/** Lays one entry of `macros` on its macro: description, arguments, meta, docs. A macro takes them once. */
export function applyMacroProperties(properties: Properties, found: Found, problems: Problems, checks: boolean): void {
  const { name, data, entry } = properties;
  const macro = found.macros.get(`macro.${entry.file.entry.packageName}.${name}`);
  if (macro === undefined) {
    problems.warn({ name: 'MacroNotFoundForPatch', data: { patch_name: name } });
    return;
  }
  if (macro.patch_path !== null) {
    throw new TsdbtError({
      code: 'TSD1102',
      message: `dbt found two schema.yml entries for the same macro in package ${macro.package_name} named ${name}. Macros may only be described a single time.`,
      at: entry.file.at(entry.path),
      hint: `the other is in ${macro.patch_path.split('://')[1]}`,
    });
  }
  const config = mapOr(data.config);
  const meta = { ...mapOr(data.meta), ...mapOr(config.meta) };
  const written = mapOr(config.docs ?? data.docs);
  const docs = { show: written.show !== false, node_color: textOrNull(written.node_color) };
  macro.patch_path = fileId(entry.file);
  found.described.set(macro.unique_id, () => entry.file.at(entry.path));
  macro.description = textOr(data.description, '');
  macro.meta = meta;
  macro.docs = docs;
  macro.config = { meta, docs };
  const described = maps(data.arguments).map((argument) => ({
    name: textOr(argument.name, ''),
    type: typeText(argument.type ?? null),
    description: textOr(argument.description, ''),
  }));
  if (checks && described.length > 0) {
    for (const msg of mismatches(name, macro.arguments, described)) problems.warn(badAnnotation(msg, macro));
  }
  if (described.length > 0 || !checks) macro.arguments = described;
}

interface Argument {
  readonly name: string;
  readonly type: string | null;
}

function* mismatches(macro: string, inCode: readonly Argument[], inYaml: readonly Argument[]): Generator<string> {
  for (const [index, argument] of inYaml.entries()) {
    const expected = inCode[index];
    if (expected === undefined || expected.name === argument.name) continue;
    yield `Argument ${argument.name} in yaml for macro ${macro} does not match the jinja definition.`;
  }
  if (inCode.length !== inYaml.length) {
    yield `The number of arguments in the yaml for macro ${macro} does not match the jinja definition.`;
  }
  for (const { name, type } of inYaml) {
    if (type === null || type.trim() === '' || isMacroType(type)) continue;
    yield `Argument ${name} in the yaml for macro ${macro} has an invalid type.`;
  }
}

function badAnnotation(msg: string, macro: { readonly unique_id: string; readonly original_file_path: string }): Event {
  return {
    name: 'InvalidMacroAnnotation',
    data: { msg, macro_unique_id: macro.unique_id, macro_file_path: macro.original_file_path },
  };
}

function typeText(value: Data): string | null {
  return value === null ? null : String(value);
}
