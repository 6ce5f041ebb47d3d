import type { GraphMember } from '../../graph/index.ts';
import type { CompilableNode, Manifest, SeedNode, SourceNode } from '../../model/index.ts';
import { schemaKey } from '../source-schemas.ts';
import type { CheckInput, TypedNode } from '../types.ts';
import { macroTexts } from './macro-texts.ts';
import { fingerprint } from './memo.ts';

const NONE: Partial<CompilableNode['config']> = {};

/** Raised when what is remembered changes its form; the bundle's name changes with its contents. */
const FORM = `1 ${import.meta.url}`;

export interface MemoKeys {
  /** Of all that the findings of a source, seed, model, snapshot or test rest on; undefined where that cannot be told beforehand. */
  of(member: GraphMember, tested: ReadonlySet<string> | undefined): string | undefined;
}

/**
 * Keys under which what was found holds: what a node's SQL is compiled from (its text and config, the macros it calls, the
 * words of the invocation), so that nothing need be compiled to know, and the columns of all it reads.
 * @param typed what is typed so far: all that a node reads, when its key is asked for
 */
export function memoKeys(
  { compiler, graph, schemas, functions }: Pick<CheckInput, 'compiler' | 'graph' | 'schemas' | 'functions'>,
  typed: ReadonlyMap<string, TypedNode>,
): MemoKeys {
  const { manifest, environment } = compiler.input;
  const { target, cliVars, rootPackage, packages, dialect } = environment;
  const texts = macroTexts(manifest.macros);
  const around = fingerprint(
    FORM,
    [target, cliVars, rootPackage, packages],
    dialect.builtinMacros(),
    overridden(manifest),
    [...(functions ?? [])],
  );
  return {
    of(member, tested) {
      if (member.resource_type === 'source') return ofSource(member as SourceNode, tested);
      if (member.resource_type === 'seed') return ofSeed(member as SeedNode);
      return ofNode(member as CompilableNode, tested);
    },
  };

  function ofSource(source: SourceNode, tested: ReadonlySet<string> = new Set()): string {
    return fingerprint(around, source.relation_name, source.columns, [...tested], schemas?.get(schemaKey(source)));
  }

  function ofSeed({ relation_name, checksum, config, columns }: SeedNode): string {
    return fingerprint(around, relation_name, checksum, config, columns);
  }

  function ofNode(node: CompilableNode, tested: ReadonlySet<string> = new Set()): string | undefined {
    const text = textOf(node);
    if (text === undefined) return undefined;
    const read = readBy(node.unique_id, new Set([node.unique_id]));
    if (read.includes(undefined)) return undefined;
    const { columns, relation_name, original_file_path } = node;
    const contract = 'contract' in node ? node.contract : null;
    const test = 'test_metadata' in node ? [node.test_metadata, node.column_name] : null;
    return fingerprint(around, text, test, columns, relation_name, original_file_path, contract, [...tested], read);
  }

  function textOf({ raw_code, config, depends_on }: CompilableNode): string | undefined {
    const macros = texts.isSteady(raw_code) ? texts.fingerprintOf(depends_on.macros) : undefined;
    return macros && fingerprint(raw_code, config, macros);
  }

  /** What stands behind a node: columns, and the text of ephemeral models, whose SQL becomes its own. */
  function readBy(id: string, seen: Set<string>): readonly (string | undefined)[] {
    return graph.parents(id).flatMap((parent) => {
      const node = manifest.nodes[parent];
      const own = typed.get(parent);
      const { materialized, ...config } = node?.config ?? NONE;
      const relation = node?.relation_name ?? manifest.sources[parent]?.relation_name;
      const face = fingerprint(
        parent,
        relation,
        own?.state,
        own?.columns,
        materialized,
        config['engine'],
        config['unique_key'],
      );
      if (node === undefined || materialized !== 'ephemeral' || seen.has(parent)) return [face];
      seen.add(parent);
      return [face, textOf(node as CompilableNode), ...readBy(parent, seen)];
    });
  }
}

/** Macros that stand in for built-in ones, which nodes use without naming them. */
function overridden({ macros }: Manifest): readonly string[] {
  const all = Object.values(macros);
  const isBuiltin = (name: string): boolean => /^dbt(?:_clickhouse)?$/.test(name);
  const names = new Set(all.filter((macro) => isBuiltin(macro.package_name)).map(({ name }) => name));
  return all.filter((macro) => !isBuiltin(macro.package_name) && names.has(macro.name)).map((macro) => macro.macro_sql);
}
