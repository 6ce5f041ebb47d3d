import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeAll } from '../docs/describe.ts';
import { nameOf } from '../files/discover.ts';
import { readText } from '../files/source.ts';
import { addOnce, sameName, settleEnabled } from '../found.ts';
import { addExtraction } from '../nodes/extracted.ts';
import { nameRelation } from '../nodes/finish.ts';
import type { Reading } from '../reading.ts';
import { addSemantics } from '../semantic/add.ts';
import { resolveSemantics } from '../semantic/resolve.ts';
import { NOTHING } from '../templating/extraction.ts';
import { addGenericTests, addSourceTests, type TestsInput } from '../tests/all.ts';
import type { Draft } from '../types.ts';
import { applyAll } from '../yaml/apply-all.ts';
import { csvRows } from '../yaml/csv-rows.ts';
import { sourceNode, tablesOf } from '../yaml/sources.ts';
import { unitTestOf } from '../yaml/unit-tests.ts';
import { checkAccess } from './access.ts';
import { checkNodes } from './checks.ts';
import { resolveFunctions } from './functions.ts';
import { Lookup } from './lookup.ts';
import { inferPrimaryKeys } from './primary-key.ts';
import { resolveReferences } from './references.ts';
import { resolveUnitTests } from './unit-tests.ts';
import { unusedConfigPaths } from './unused-paths.ts';

/** Brings together what was read: properties onto nodes, tests, sources, names in the database, then all references. */
export function resolveEverything(reading: Reading): void {
  const { found, problems, project, templates, configs, parts, nodeFirst } = reading;
  const root = project.root.name;
  applyAll(reading.properties, {
    found,
    problems,
    templates,
    parts,
    flags: project.flags,
    root,
    nodeFirst,
    projectTree: (name) => reading.packages.find((pack) => pack.name === name)?.trees.exposures ?? {},
  });
  const tests: TestsInput = {
    all: reading.properties,
    found,
    lookup: new Lookup(found, root, nodeFirst),
    problems,
    parts: {
      configs,
      templates,
      defaults: parts.defaults,
      argumentsProperty: project.flags.require_generic_test_arguments_property !== false,
    },
    shown: (file) => reading.files.shown(file.entry),
  };
  addGenericTests(tests);
  settleEnabled(found);
  addSourceTests(tests);
  addSources(reading);
  addUnitTests(reading);
  addSemantics(reading.properties, {
    found,
    problems,
    parts: { configs, templates, createdAt: parts.defaults.createdAt },
  });
  nameAll(reading);
  const lookup = new Lookup(found, root, nodeFirst);
  resolveReferences(found, lookup, problems);
  resolveUnitTests(found, lookup, problems);
  resolveSemantics(found, root, problems);
  resolveFunctions(found, root, problems);
  describeAll(found, { templates, problems, root, nodeFirst });
  inferPrimaryKeys(found);
  const unused = unusedConfigPaths(project.root, found);
  if (unused !== undefined) problems.warn(unused);
  checkAccess(found, reading.packages, problems);
  checkNodes(found, project.flags, reading.quoting, reading.environment.dialect, problems);
}

function addSources({ properties, found, problems, configs, environment, quoting, parts }: Reading): void {
  const { createdAt, database } = parts.defaults;
  const sourceParts = { configs, dialect: environment.dialect, quoting, defaultDatabase: database, createdAt };
  for (const { entry, source } of properties.sources) {
    for (const table of tablesOf(entry, source)) {
      const at = () => entry.file.at([...entry.path, 'tables', table.index]);
      problems.attempt(() => {
        const node = sourceNode(table, sourceParts);
        found.places.set(node.unique_id, at);
        if (!node.config.enabled) found.disabled.set(node.unique_id, [{ kind: 'other', value: node }]);
        else addOnce(found.sources, node.unique_id, node, (before) => sameName(node, before, at()));
      }, at);
    }
  }
}

function addUnitTests(reading: Reading): void {
  const { properties, found, problems, configs, templates, parts, files } = reading;
  const fixtures = new Map(files.of('fixture').map((entry) => [`${entry.packageName}.${nameOf(entry)}`, entry]));
  for (const entry of properties.unitTests) {
    const at = () => entry.file.at(entry.path);
    problems.attempt(() => {
      const test = unitTestOf(entry, {
        configs,
        templates,
        createdAt: parts.defaults.createdAt,
        fixture: (name, packageName) => {
          const file = fixtures.get(`${packageName}.${name}`);
          if (file === undefined) return undefined;
          const text = readText(file.absolute);
          return file.path.endsWith('.csv') ? csvRows(text) : text.trim();
        },
        seedRows: (input, packageName) => seedRows(input, packageName, reading),
      });
      found.places.set(test.unique_id, at);
      if (!test.config.enabled) found.disabled.set(test.unique_id, [{ kind: 'other', value: test }]);
      else addOnce(found.unitTests, test.unique_id, test, (before) => sameName(test, before, at()));
    }, at);
  }
}

/** The rows of the seed that an input of a unit test names. */
function seedRows(input: string, packageName: string, { found, templates }: Reading) {
  const reference = templates.reference(input);
  if (reference.kind !== 'ref') return [];
  const seed = found.nodes.get(`seed.${reference.ref.package ?? packageName}.${reference.ref.name}`)?.node;
  if (seed?.resource_type !== 'seed') return [];
  return csvRows(readFileSync(join(seed.root_path, seed.original_file_path), 'utf8'));
}

/** Names every node in the database, and renders the hooks of models for what they refer to. */
function nameAll(reading: Reading): void {
  const { found, problems, templates, environment, project, quoting } = reading;
  const naming = { templates, dialect: environment.dialect, flags: project.flags, quoting };
  const name = (draft: Draft): void => {
    const { origin } = draft;
    problems.attempt(
      () => {
        nameRelation(draft, naming);
        extractHooks(draft, reading);
      },
      () => ({ file: origin.file, line: origin.linesBefore + 1, col: 0 }),
    );
  };
  for (const draft of [...found.nodes.values(), ...found.functions.values()]) name(draft);
  for (const entries of found.disabled.values()) {
    for (const entry of entries) if (entry.kind === 'node') name(entry.draft);
  }
}

function extractHooks({ node, origin }: Draft, { templates }: Reading): void {
  if (node.resource_type === 'test') return;
  for (const hook of [...(node.config['pre-hook'] ?? []), ...(node.config['post-hook'] ?? [])]) {
    const { refs, sources, metrics, functions, macros } = templates.extract(node, origin, hook.sql);
    addExtraction(node, { ...NOTHING, refs, sources, metrics, functions, macros });
  }
}
