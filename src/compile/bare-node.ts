import type { OperationNode } from '../model/index.ts';

/** SQL or a macro that is no node of the manifest: this gives its context the words a node has. It may ref() whatever there is. */
export function bareNode(uniqueId: string, packageName: string, file: string, sql = ''): OperationNode {
  const name = uniqueId.split('.').at(-1) ?? uniqueId;
  return {
    database: '',
    schema: '',
    name,
    resource_type: 'operation',
    package_name: packageName,
    path: file,
    original_file_path: file,
    unique_id: uniqueId,
    fqn: [packageName, name],
    alias: name,
    checksum: { name: 'none', checksum: '' },
    config: { enabled: true, tags: [], meta: {}, materialized: 'view' },
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: 0,
    relation_name: null,
    raw_code: sql,
    doc_blocks: [],
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    functions: [],
    depends_on: { macros: [], nodes: [] },
    compiled_path: null,
    contract: { enforced: false, alias_types: true, checksum: null },
  };
}
