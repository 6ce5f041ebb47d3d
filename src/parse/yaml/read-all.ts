import type { DataMap } from '../../util/data.ts';
import type { Problems } from '../problems.ts';
import type { Templates } from '../templating/templates.ts';
import type { Properties } from './properties.ts';
import { eachProperties, withDataTests } from './properties.ts';
import { type RenderText, renderedEntry } from './render.ts';
import { type Entry, entriesOf, type SchemaFile, type Section } from './schema-file.ts';
import { checkedEntry } from './shape/entry.ts';
import { withOverrides } from './source-overrides.ts';

/** One source as written, and rendered. */
export interface WrittenSource {
  readonly entry: Entry;
  readonly source: DataMap;
}

/** What all properties files say, section by section, rendered as far as dbt renders it while reading. */
export interface AllProperties {
  readonly models: readonly Properties[];
  readonly seeds: readonly Properties[];
  readonly snapshots: readonly Properties[];
  readonly analyses: readonly Properties[];
  readonly macros: readonly Properties[];
  readonly singularTests: readonly Properties[];
  readonly sources: readonly WrittenSource[];
  readonly exposures: readonly Entry[];
  readonly groups: readonly Entry[];
  readonly unitTests: readonly Entry[];
  readonly functions: readonly Properties[];
  readonly metrics: readonly Entry[];
  readonly semanticModels: readonly Entry[];
  readonly savedQueries: readonly Entry[];
}

export function readAllProperties(
  files: readonly SchemaFile[],
  templates: Templates,
  problems: Problems,
): AllProperties {
  const entries = (section: Section): readonly Entry[] => files.flatMap((file) => entriesOf(file, section, problems));
  const properties = (section: Section): readonly Properties[] =>
    files.flatMap((file) => {
      const render: RenderText = (...text) => templates.value(file.entry.packageName, ...text);
      return eachProperties(entriesOf(file, section, problems), render, problems);
    });
  return {
    models: properties('models'),
    seeds: properties('seeds'),
    snapshots: properties('snapshots'),
    analyses: properties('analyses'),
    macros: properties('macros'),
    singularTests: properties('data_tests'),
    sources: withOverrides(entries('sources').flatMap((entry) => renderedSource(entry, templates, problems))),
    exposures: entries('exposures'),
    groups: entries('groups'),
    unitTests: entries('unit_tests'),
    functions: properties('functions'),
    metrics: entries('metrics'),
    semanticModels: entries('semantic_models'),
    savedQueries: entries('saved_queries'),
  };
}

function renderedSource(entry: Entry, templates: Templates, problems: Problems): readonly WrittenSource[] {
  const render: RenderText = (...text) => templates.value(entry.file.entry.packageName, ...text);
  const work = (): DataMap => {
    const source = entry.file.isRendered ? renderedEntry('sources', entry.data, render) : entry.data;
    return checkedEntry(entry, withDataTests(source, entry));
  };
  const source = problems.attempt(work, () => entry.file.at(entry.path));
  return source === undefined ? [] : [{ entry, source }];
}
