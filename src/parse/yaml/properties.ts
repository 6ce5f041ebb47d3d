import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { PropertiesConfig } from '../nodes/configure.ts';
import type { Problems } from '../problems.ts';
import { type RenderText, renderedEntry } from './render.ts';
import type { Entry } from './schema-file.ts';
import { checkedEntry } from './shape/entry.ts';
import { mapOr, maps } from './values.ts';

/** An entry after rendering, with the settings that may stand at its top moved into `config`. */
export interface Properties {
  readonly entry: Entry;
  readonly name: string;
  readonly data: DataMap;
  readonly config: PropertiesConfig;
}

const MOVED = ['meta', 'docs', 'group', 'contract', 'access'] as const;

/** Renders and brings into form one entry of models, seeds, snapshots, analyses, macros or singular tests. */
export function propertiesOf(entry: Entry, render: RenderText): Properties {
  const rendered = entry.file.isRendered ? renderedEntry(entry.section, entry.data, render) : entry.data;
  const checked = checkedEntry(entry, withDataTests(rendered, entry));
  const data = entry.section === 'macros' ? checked : withConfig(checked, entry);
  return {
    entry,
    name: String(data.name),
    data,
    config: { rendered: mapOr(data.config), written: mapOr(entry.data.config) },
  };
}

/** `problems.attempt` around each entry: one bad entry does not hide the next. */
export function eachProperties(
  entries: readonly Entry[],
  render: RenderText,
  problems: Problems,
): readonly Properties[] {
  return entries.flatMap((entry) => {
    const properties = problems.attempt(
      () => propertiesOf(entry, render),
      () => entry.file.at(entry.path),
    );
    return properties === undefined ? [] : [properties];
  });
}

function withConfig(data: DataMap, entry: Entry): DataMap {
  const top = MOVED.filter((key) => key in data);
  if (top.length === 0) return data;
  const config = mapOr(data.config);
  const rest: Record<string, Data> = { ...data };
  const settings: Record<string, Data> = { ...config };
  for (const key of top) {
    if (key in config) {
      throw new TsdbtError({
        code: 'TSD1101',
        message: `In ${entry.file.entry.file}: found ${key} dictionary in 'config' dictionary and as top-level key.`,
        at: entry.file.at([...entry.path, key]),
        hint: "Remove the top-level key and define it under 'config' dictionary only.",
      });
    }
    settings[key] = data[key] ?? null;
    delete rest[key];
  }
  return { ...rest, config: settings };
}

/** `tests` is the old word for `data_tests`; both together are refused. */
export function withDataTests(data: DataMap, entry: Entry): DataMap {
  const result: Record<string, Data> = { ...renamed(data, entry) };
  if (Array.isArray(data.columns)) result.columns = maps(data.columns).map((column) => renamed(column, entry));
  if (Array.isArray(data.tables)) result.tables = maps(data.tables).map((table) => withDataTests(table, entry));
  if (Array.isArray(data.versions))
    result.versions = maps(data.versions).map((version) => withDataTests(version, entry));
  return result;
}

function renamed(data: DataMap, entry: Entry): DataMap {
  const { tests, ...rest } = data;
  if (tests === undefined) return data;
  if (isEmpty(tests)) return rest;
  if ('data_tests' in data) {
    throw new TsdbtError({
      code: 'TSD1101',
      message: "Invalid test config: cannot have both 'tests' and 'data_tests' defined",
      at: entry.file.at(entry.path),
    });
  }
  return { ...rest, data_tests: tests };
}

function isEmpty(value: Data): boolean {
  return (
    value === null || (Array.isArray(value) ? value.length === 0 : isDataMap(value) && Object.keys(value).length === 0)
  );
}
