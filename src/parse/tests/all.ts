import { addDisabled, addOnce, sameName } from '../found.ts';
import { Problems } from '../problems.ts';
import type { Lookup } from '../resolve/lookup.ts';
import type { Draft, Found } from '../types.ts';
import type { Properties } from '../yaml/properties.ts';
import type { AllProperties, WrittenSource } from '../yaml/read-all.ts';
import type { SchemaFile, YamlPath } from '../yaml/schema-file.ts';
import { maps, tagsOf } from '../yaml/values.ts';
import { versionsOf } from '../yaml/versions.ts';
import type { TestTarget } from './definition.ts';
import { hasLooseArguments } from './definition.ts';
import { type TestParts, testDraft } from './expand.ts';
import { type TestEntry, testEntries, versionTests } from './written.ts';

export interface TestsInput {
  readonly all: AllProperties;
  readonly found: Found;
  readonly lookup: Lookup;
  readonly problems: Problems;
  readonly parts: TestParts;
  shown(file: SchemaFile): string;
}

/** Makes the nodes of all generic tests of models, seeds and snapshots. */
export function addGenericTests(input: TestsInput): void {
  const { all } = input;
  for (const properties of all.models) addModelTests(properties, input);
  for (const properties of all.seeds) addTests(properties, 'seed', input);
  for (const properties of all.snapshots) addTests(properties, 'snapshot', input);
}

/** The same for sources; dbt makes them last. */
export function addSourceTests(input: TestsInput): void {
  for (const source of input.all.sources) addTestsOfSource(source, input);
}

/** What a group of tests stands under. */
interface Owner {
  readonly target: TestTarget;
  readonly section: string;
  readonly quoteColumns: boolean;
  readonly tags: readonly string[];
  readonly attached: Draft | undefined;
  readonly file: SchemaFile;
}

function addModelTests(properties: Properties, input: TestsInput): void {
  // What is wrong with the versions was told when they were laid on their models.
  const versions = new Problems().attempt(() => versionsOf(properties)) ?? [];
  if (versions.length === 0) addTests(properties, 'model', input);
  for (const version of versions) {
    const owner = ownerOf(properties, 'model', version.v, input);
    add(owner, versionTests(version, properties.entry.path), input);
  }
}

function addTests(properties: Properties, kind: 'model' | 'seed' | 'snapshot', input: TestsInput): void {
  add(ownerOf(properties, kind, null, input), testEntries(properties.data, properties.entry.path), input);
}

function ownerOf(
  { name, data, entry }: Properties,
  kind: TestTarget['kind'],
  version: string | number | null,
  { found, lookup }: TestsInput,
): Owner {
  const { packageName } = entry.file.entry;
  const id = lookup.attached(name, packageName, version);
  const [disabled] = id === undefined ? [] : (found.disabled.get(id) ?? []);
  const attached =
    id === undefined ? undefined : (found.nodes.get(id) ?? (disabled?.kind === 'node' ? disabled.draft : undefined));
  return {
    target: { kind, name, version, sourceName: null, packageName },
    section: entry.section,
    quoteColumns: data.quote_columns === true,
    tags: [],
    attached,
    file: entry.file,
  };
}

function addTestsOfSource({ entry, source }: WrittenSource, input: TestsInput): void {
  const sourceName = String(source.name);
  for (const [index, table] of maps(source.tables).entries()) {
    const { packageName } = entry.file.entry;
    const owner: Owner = {
      target: { kind: 'source', name: String(table.name), version: null, sourceName, packageName },
      section: 'sources',
      quoteColumns: table.quote_columns === true,
      tags: [...tagsOf(source.tags), ...tagsOf(table.tags)],
      attached: undefined,
      file: entry.file,
    };
    const path: YamlPath = [...entry.path, 'tables', index];
    add(owner, testEntries(table, path), input);
  }
}

function add(owner: Owner, entries: readonly TestEntry[], input: TestsInput): void {
  for (const entry of entries) {
    const at = () => owner.file.at(entry.path);
    const draft = input.problems.attempt(() => {
      const made = testDraft(
        { ...owner, ...entry, tags: [...owner.tags, ...entry.tags], shown: input.shown(owner.file) },
        input.parts,
      );
      const { unique_id: id } = made.node;
      if (!made.node.config.enabled) addDisabled(input.found, made);
      else addOnce(input.found.nodes, id, made, (before) => sameName(made.node, before.node, at()));
      return made;
    }, at);
    if (draft === undefined) continue;
    input.found.places.set(draft.node.unique_id, at);
    if (input.parts.argumentsProperty && hasLooseArguments(entry.written)) warnLoose(owner, entry, input.problems);
  }
}

function warnLoose(owner: Owner, entry: TestEntry, problems: Problems): void {
  const [name = ''] = typeof entry.written === 'object' && entry.written !== null ? Object.keys(entry.written) : [];
  const { target, file } = owner;
  const resource = `'${target.sourceName === null ? target.name : `${target.sourceName}_${target.name}`}' in package '${target.packageName}'`;
  problems.warn({
    name: 'MissingArgumentsPropertyInGenericTestDeprecation',
    data: { test_name: `\`${name}\` defined on ${resource} (${file.entry.file})` },
  });
}
