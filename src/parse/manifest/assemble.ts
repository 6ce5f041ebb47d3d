import type { ContextEnvironment } from '../../context/index.ts';
import { metadataEnv } from '../../context/index.ts';
import type { AnyNode, Manifest, ManifestMetadata, Node, Project } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import { DBT_VERSION } from '../../util/versions.ts';
import { md5 } from '../digest.ts';
import type { DisabledEntry, Draft, Found } from '../types.ts';
import { edges, groupMap } from './maps.ts';
import { manifestSelectors } from './selectors.ts';

/** The manifest of everything found, with its maps. */
export function assemble(found: Found, project: Project, environment: ContextEnvironment): Manifest {
  const parts = {
    nodes: Object.fromEntries([...found.nodes].map(([id, draft]) => [id, nodeOf(draft)])),
    sources: Object.fromEntries(found.sources),
    macros: Object.fromEntries(found.macros),
    docs: Object.fromEntries(found.docs),
    exposures: Object.fromEntries(found.exposures),
    metrics: Object.fromEntries(found.metrics),
    groups: Object.fromEntries(found.groups),
    selectors: manifestSelectors(project.selectors),
    disabled: Object.fromEntries([...found.disabled].map(([id, entries]) => [id, disabledOf(entries)])),
    saved_queries: Object.fromEntries(found.savedQueries),
    semantic_models: Object.fromEntries(found.semanticModels),
    unit_tests: Object.fromEntries(found.unitTests),
    functions: Object.fromEntries([...found.functions].map(([id, { node }]) => [id, node])),
  };
  const { parents, children } = edges(parts);
  const { saved_queries, semantic_models, unit_tests, functions, ...first } = parts;
  return {
    metadata: manifestMetadata(project, environment),
    ...first,
    parent_map: parents,
    child_map: children,
    group_map: groupMap(parts),
    saved_queries,
    semantic_models,
    unit_tests,
    functions,
  };
}

function nodeOf({ node }: Draft): Node {
  return node as Node;
}

function disabledOf(entries: readonly DisabledEntry[]): readonly AnyNode[] {
  return entries.map((entry) => (entry.kind === 'node' ? nodeOf(entry.draft) : entry.value));
}

/** Who made the manifest, when, of what. Different in each invocation. */
export function manifestMetadata(project: Project, environment: ContextEnvironment): ManifestMetadata {
  const { invocation, root, target, flags } = project;
  const now = new Date(invocation.now).toISOString().replace('Z', '000Z');
  return {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    dbt_version: DBT_VERSION,
    generated_at: now,
    invocation_id: invocation.id,
    invocation_started_at: invocation.startedAt,
    env: metadataEnv(environment.env),
    project_name: root.name,
    project_id: md5(root.name),
    user_id: null,
    send_anonymous_usage_stats: flags.send_anonymous_usage_stats === true,
    adapter_type: target.type,
    quoting: projectQuoting(root.quoting),
    run_started_at: invocation.startedAt.replace('Z', '+00:00'),
  };
}

/** dbt_project.yml's quoting over the database's: everything but columns is quoted. */
export function projectQuoting(quoting: DataMap): DataMap {
  return { database: true, schema: true, identifier: true, column: null, ...quoting };
}
