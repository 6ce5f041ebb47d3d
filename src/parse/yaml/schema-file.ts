import { type At, TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { readYaml } from '../../util/yaml.ts';
import type { Parts } from '../cache/parts.ts';
import type { FileEntry } from '../files/discover.ts';
import type { Source } from '../files/source.ts';
import type { Problems } from '../problems.ts';
import { pyRepr } from '../python.ts';
import { mayChange } from './render.ts';

export type YamlPath = readonly (string | number)[];

/** A properties file: its sections as plain data, and where each part of it stands. */
export interface SchemaFile {
  readonly entry: FileEntry;
  readonly source: Source;
  readonly data: DataMap;
  /** Whether rendering could change anything in it. */
  readonly isRendered: boolean;
  at(path: YamlPath): At;
}

/** One entry of a section, as written. */
export interface Entry {
  readonly file: SchemaFile;
  readonly section: Section;
  readonly path: YamlPath;
  readonly data: DataMap;
}

const SECTIONS = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'macros',
  'data_tests',
  'analyses',
  'exposures',
  'functions',
  'metrics',
  'groups',
  'semantic_models',
  'unit_tests',
  'saved_queries',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Reads a properties file; what is wrong with it goes to `problems`. Undefined for an empty file. */
export function readSchemaFile(
  source: Source,
  shownPath: string,
  parts: Parts,
  problems: Problems,
): SchemaFile | undefined {
  // Places cost a second reading, which is only made for an error.
  const at = (path: YamlPath): At => moved(readYaml(source.text, shownPath).at(path), source.skippedLines);
  const parsed = problems.attempt(() => parts.of(['yaml', source.text], () => yamlOf(source.text, shownPath)));
  if (parsed === undefined || parsed.data === null) return undefined;
  for (const duplicate_description of parsed.duplicates) {
    problems.warn({ name: 'DuplicateYAMLKeysDeprecation', data: { duplicate_description, file: shownPath } });
  }
  if (!isDataMap(parsed.data)) {
    problems.add({
      code: 'TSD1101',
      message: `Contents of file '${source.entry.file}' are not valid. Dictionary expected.`,
      at: at([]),
    });
    return undefined;
  }
  return { entry: source.entry, source, data: parsed.data, isRendered: mayChange(source.text), at };
}

function yamlOf(text: string, file: string): { readonly data: Data; readonly duplicates: readonly string[] } {
  const { data, warnings } = readYaml(text, file);
  return { data, duplicates: warnings.map((warning) => warning.message) };
}

function moved(at: At, lines: number): At {
  return lines === 0 ? at : { ...at, line: at.line + lines };
}

/** The entries of one section. A section that is no list, or an entry without a name, is a problem. */
export function entriesOf(file: SchemaFile, section: Section, problems: Problems): readonly Entry[] {
  const list = file.data[section];
  if (list === undefined || (list === null && section === 'sources')) return [];
  if (!Array.isArray(list)) {
    problems.add(invalid(file, `the value of '${section}' is not a list`, [section]));
    return [];
  }
  return list.flatMap((data: Data, index: number) => {
    const path = [section, index];
    const wrong = !isDataMap(data)
      ? `a list element for '${section}' is not a dictionary`
      : typeof data.name !== 'string'
        ? data.name === undefined
          ? `a list element for '${section}' does not have a name attribute.`
          : `the name ${pyRepr(data.name)} of a list element for '${section}' is not a text`
        : undefined;
    if (wrong === undefined && isDataMap(data)) return [{ file, section, path, data }];
    problems.add(invalid(file, wrong ?? '', path));
    return [];
  });
}

function invalid(file: SchemaFile, what: string, path: YamlPath): TsdbtError {
  return new TsdbtError({
    code: 'TSD1101',
    message: `The schema file at ${file.entry.file} is invalid because ${what}`,
    at: file.at(path),
  });
}

export const fileId = (file: SchemaFile): string => `${file.entry.packageName}://${file.entry.file}`;
