import type { Keeping } from './cache/keeping.ts';
import { Configs } from './config/configs.ts';
import { sha1 } from './digest.ts';
import { docNode } from './docs/blocks.ts';
import { readDocs } from './docs/read.ts';
import { projectFile } from './files/all.ts';
import type { FileEntry } from './files/discover.ts';
import { readSource, type Source, seedChecksum } from './files/source.ts';
import { addNode, addOnce, emptyFound, sameName } from './found.ts';
import { linkMacros, loadMacros } from './macros/load.ts';
import { projectQuoting } from './manifest/assemble.ts';
import { configure } from './nodes/configure.ts';
import { addExtraction } from './nodes/extracted.ts';
import { hookDrafts } from './nodes/hooks.ts';
import { seedDraft } from './nodes/seeds.ts';
import { snapshotParts } from './nodes/snapshot-blocks.ts';
import { type CodePart, type NodeParts, sqlDraft, wholeFile } from './nodes/sql-nodes.ts';
import { Problems } from './problems.ts';
import { extractPython } from './python-model/extract.ts';
import type { Files, Reading } from './reading.ts';
import { NOTHING } from './templating/extraction.ts';
import { KeptTemplates } from './templating/kept-templates.ts';
import { LiveTemplates } from './templating/live-templates.ts';
import type { Extraction, Templates } from './templating/templates.ts';
import type { Draft, ParseInput } from './types.ts';
import { readAllProperties } from './yaml/read-all.ts';
import { readSchemaFile } from './yaml/schema-file.ts';

/** Reads every file: macros first, then what is SQL, then the properties. Nothing is looked up by name yet. */
export function readEverything({ project, environment }: ParseInput, files: Files, kept: Keeping): Reading {
  const packages = [project.root, ...project.packages];
  const { flags } = project;
  const problems = new Problems();
  const found = emptyFound();
  const createdAt = project.invocation.now.getTime() / 1000;
  const macros = loadMacros(files, found, environment, problems, createdAt, kept);
  linkMacros(found, macros, environment.dialect, problems, kept);
  const { library, macroLines } = macros;
  const configs = new Configs(project.root, project.packages, flags);
  const surroundings = sha1(
    [kept.fingerprint, ...[...found.macros.values()].map((macro) => macro.macro_sql)].join('\0'),
  );
  const live = new LiveTemplates(environment, library, (id) => found.macros.get(id)?.depends_on.macros ?? []);
  const templates = new KeptTemplates(live, kept.parts, surroundings, environment.env);
  const defaults = { schema: project.target.schema, database: '', createdAt };
  const parts: NodeParts = { configs, defaults, shown: files.shown };
  const reading = {
    project,
    environment,
    packages,
    files,
    found,
    problems,
    configs,
    library,
    macroLines,
    templates,
    parts,
  };
  readNodes(reading);
  const schemas = files.of('schema').flatMap((entry) => {
    const source = problems.attempt(() => readSource(entry));
    const file = source && readSchemaFile(source, files.shown(entry), kept.parts, problems);
    return file === undefined ? [] : [file];
  });
  return {
    ...reading,
    properties: readAllProperties(schemas, templates, problems),
    nodeFirst: flags.require_ref_searches_node_package_before_root === true,
    quoting: projectQuoting(project.root.quoting),
  };
}

type NodeReading = Pick<
  Reading,
  'project' | 'packages' | 'files' | 'found' | 'problems' | 'configs' | 'templates' | 'parts'
>;

function readNodes(reading: NodeReading): void {
  const { files, problems, found, parts, packages, project } = reading;
  const kinds = {
    model: 'model',
    snapshot: 'snapshot',
    analysis: 'analysis',
    test: 'singular test',
    function: 'function',
  } as const;
  for (const [kind, fileKind] of Object.entries(kinds) as [keyof typeof kinds, FileEntry['kind']][]) {
    for (const entry of files.of(fileKind)) {
      const source = problems.attempt(() => readSource(entry));
      if (source === undefined) continue;
      for (const part of codeParts(kind, source, reading)) addSql(sqlDraft(kind, source, part, parts), reading);
    }
  }
  const limit = Number(project.flags.maximum_seed_size_mib ?? 1);
  for (const entry of files.of('seed')) {
    problems.attempt(() => {
      const draft = seedDraft(entry, seedChecksum(entry, limit), parts);
      configure(draft, parts.configs);
      addNode(found, draft);
    });
  }
  for (const pack of packages) {
    const source = readSource(projectFile(pack));
    for (const draft of hookDrafts(pack, source, parts)) addSql(draft, reading);
  }
  for (const entry of files.of('docs')) {
    problems.attempt(() => {
      for (const block of readDocs(readSource(entry).text, files.shown(entry))) {
        const doc = docNode(entry, block.name, block.contents);
        addOnce(found.docs, doc.unique_id, doc, (before) =>
          sameName(doc, before, { file: files.shown(entry), line: block.line, col: 1 }),
        );
      }
    });
  }
}

function codeParts(kind: string, source: Source, { problems, files }: NodeReading): readonly CodePart[] {
  if (kind !== 'snapshot') return [wholeFile(source)];
  return problems.attempt(() => snapshotParts(source.text, files.shown(source.entry))) ?? [];
}

function asked({ node, origin }: Draft, templates: Templates): Extraction {
  const isPython = node.resource_type === 'model' && node.language === 'python';
  return isPython ? extractPython(node, origin) : templates.extract(node, origin, node.raw_code);
}

/** Renders a node's code for what it asks for, and works out its configuration. */
function addSql(draft: Draft, { templates, configs, problems, found }: NodeReading): void {
  const { node, origin } = draft;
  const place = () => ({ file: origin.file, line: origin.linesBefore + 1, col: 0 });
  const extraction = problems.attempt(() => asked(draft, templates), place) ?? NOTHING;
  // A node whose code cannot be read is kept, so that nobody who refers to it is blamed.
  problems.attempt(() => {
    addExtraction(node, extraction);
    draft.calls = extraction.calls;
    draft.unrenderedCalls = extraction.unrenderedCalls;
    configure(draft, configs);
    node.unrendered_config = { ...node.unrendered_config, ...extraction.literal };
  }, place);
  problems.attempt(() => addNode(found, draft), place);
}
