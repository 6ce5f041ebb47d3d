import { TsdbtError } from '../../error/index.ts';
import type { NodeConfig, UnitTestFixture, UnitTestNode } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import type { Configs } from '../config/configs.ts';
import { belowTop, fqnOf } from '../files/paths.ts';
import { pyRepr } from '../python.ts';
import type { Templates } from '../templating/templates.ts';
import type { Writable } from '../types.ts';
import { csvRows } from './csv-rows.ts';
import { renderedEntry } from './render.ts';
import type { Entry } from './schema-file.ts';
import { checkedEntry } from './shape/entry.ts';
import { unitTestChecksum } from './unit-test-checksum.ts';
import { mapOr, maps, textOr, textOrNull } from './values.ts';

export interface UnitTestParts {
  readonly configs: Configs;
  readonly templates: Templates;
  readonly createdAt: number;
  /** Rows of a fixture file: text for SQL, maps for CSV. */
  fixture(name: string, packageName: string): Data | undefined;
  /** Rows of a seed, for an input that gives none. */
  seedRows(input: string, packageName: string): readonly DataMap[];
}

/** A unit test as the manifest shows it; the tested model is looked up later. Throws TSD1101. */
export function unitTestOf(entry: Entry, parts: UnitTestParts): Writable<UnitTestNode> {
  const { packageName, path, file } = entry.file.entry;
  const rendered = renderedEntry('unit_tests', entry.data, (...text) => parts.templates.value(packageName, ...text));
  const data = checkedEntry(entry, rendered);
  const name = String(data.name);
  const model = textOr(data.model, '');
  if (model === '') throw invalid(`unit test '${name}' does not name its 'model'`);
  const fqn = [...fqnOf(packageName, belowTop(file)), model, name];
  const config = parts.configs.rendered({ kind: 'unit_test', packageName, fqn }, { properties: mapOr(data.config) });
  const given = maps(data.given).map((input) => fixtureOf(name, input, packageName, parts));
  if (!isDataMap(data.expect ?? null)) throw invalid(`unit test '${name}' does not say what to 'expect'`);
  const { input: _, ...expect } = fixtureOf(name, { ...mapOr(data.expect), input: '' }, packageName, parts);
  const node: Writable<UnitTestNode> = {
    model,
    given,
    expect,
    name,
    resource_type: 'unit_test',
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `unit_test.${packageName}.${model}.${name}`,
    fqn,
    description: textOr(data.description, ''),
    overrides: overridesOf(data.overrides ?? null),
    depends_on: { macros: [], nodes: [] },
    config: config as unknown as NodeConfig,
    checksum: '',
    schema: null,
    created_at: parts.createdAt,
    versions: versionsOf(name, data.versions ?? null),
    version: null,
  };
  node.checksum = unitTestChecksum(node);
  return node;
}

function fixtureOf(test: string, data: DataMap, packageName: string, parts: UnitTestParts): UnitTestFixture {
  const input = textOr(data.input, '');
  const format = textOr(data.format, 'dict');
  const name = textOrNull(data.fixture);
  const kind = input === '' ? 'expected' : 'input';
  if (format !== 'dict' && format !== 'csv' && format !== 'sql') {
    throw invalid(`Unit test ${test} has ${kind} rows of the unknown format ${pyRepr(format)}`);
  }
  const written = name === null ? (data.rows ?? null) : parts.fixture(name, packageName);
  if (written === undefined) throw invalid(`File not found for fixture '${name}' in unit test '${test}'`);
  return {
    input,
    rows: rowsOf(test, kind, format, written, () => parts.seedRows(input, packageName)),
    format,
    fixture: name,
  };
}

function rowsOf(
  test: string,
  kind: string,
  format: 'dict' | 'csv' | 'sql',
  written: Data,
  seedRows: () => readonly DataMap[],
): Data {
  const wrong = (more: string): TsdbtError =>
    invalid(`Unit test ${test} has ${kind} rows which do not match format ${format}${more}`);
  if (format === 'dict') {
    const rows = written === null && kind === 'input' ? seedRows() : written;
    if (!Array.isArray(rows) || !rows.every(isDataMap)) throw wrong('');
    return fullRowFirst(rows);
  }
  if (format === 'sql') {
    if (typeof written !== 'string') throw wrong('. Expected string.');
    return written;
  }
  const rows = typeof written === 'string' ? csvRows(written) : written;
  if (!Array.isArray(rows)) throw wrong('. Expected string.');
  return fullRowFirst(rows.filter(isDataMap).map(emptyAsNull));
}

function emptyAsNull(row: DataMap): DataMap {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === '' ? null : value]));
}

/** The first row decides the column types, so one without nulls changes places with it. */
function fullRowFirst(rows: readonly DataMap[]): readonly DataMap[] {
  const full = rows.findIndex((row) => Object.values(row).every((value) => value !== null));
  const [first, chosen] = [rows[0], rows[full]];
  if (full <= 0 || first === undefined || chosen === undefined) return rows;
  return rows.map((row, index) => (index === 0 ? chosen : index === full ? first : row));
}

function overridesOf(value: Data): DataMap | null {
  if (!isDataMap(value)) return null;
  return { macros: mapOr(value.macros), vars: mapOr(value.vars), env_vars: mapOr(value.env_vars) };
}

function versionsOf(test: string, value: Data): Data {
  if (!isDataMap(value)) return null;
  const { include = null, exclude = null } = value;
  if (isNonEmpty(include) && isNonEmpty(exclude)) {
    throw invalid(`Unit test '${test}' can not both include and exclude versions.`);
  }
  return { include, exclude };
}

function isNonEmpty(value: Data): boolean {
  return Array.isArray(value) && value.length > 0;
}

function invalid(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message });
}
