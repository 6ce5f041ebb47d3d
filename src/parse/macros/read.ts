import { dbtEnvironment, explainTemplateError } from '../../context/index.ts';
import { type Block, scanBlocks } from '../../jinja/index.ts';
import type { MacroNode } from '../../model/index.ts';
import type { Writable } from '../types.ts';

/** A macro as its file defines it. */
export interface MacroBlock {
  /** As other macros call it: `test_positive`, `materialization_table_default`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly sql: string;
  /** The line of its opening tag, counting from 1. */
  readonly line: number;
  /** Of a materialization. */
  readonly languages: readonly string[] | null;
}

const IN_MACROS = ['macro', 'materialization', 'test', 'data_test'];
const IN_TESTS = ['test', 'data_test'];

/** The macros of a file. `kind` says whether it is one of macros or of generic tests. Throws TSD2001. */
export function readMacros(text: string, kind: 'macro' | 'generic test', file: string): readonly MacroBlock[] {
  try {
    const blocks = scanBlocks(text, { blocks: kind === 'macro' ? IN_MACROS : IN_TESTS });
    return blocks.map((block) => macroBlock(block, kind));
  } catch (error) {
    throw explainTemplateError(error, file);
  }
}

/** dbt shows the arguments of everything in a macro folder, but not of what lies under tests/generic. */
function macroBlock(block: Block, kind: 'macro' | 'generic test'): MacroBlock {
  const { name, args, languages } = signatureOf(block);
  return { name, args: kind === 'macro' ? args : [], sql: block.fullBlock, line: block.line, languages };
}

interface Signature {
  readonly name: string;
  readonly args: readonly string[];
  readonly languages: readonly string[] | null;
}

const PREFIX = 'dbt_macro__';
const OPENING_TAG = /^\s*\{%-?(?:'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|[^'"])*?%\}/;

/** Reads the opening tag alone; what lies in the block is read when it is called, or when its calls are looked for. */
function signatureOf(block: Block): Signature {
  const head = OPENING_TAG.exec(block.fullBlock)?.[0] ?? '';
  const root = dbtEnvironment('parse').parse(`${head}{% end${block.type} %}`);
  const [node] = root.body as readonly unknown[];
  const { name, args, defaults } = node as MacroSyntax;
  const languages = block.type === 'materialization' ? (languagesOf(args, defaults) ?? ['sql']) : null;
  return { name: name.replace(PREFIX, ''), args: args.map((argument) => argument.name), languages };
}

/** The fields of the engine's syntax node for a macro that are read here. */
interface MacroSyntax {
  readonly name: string;
  readonly args: readonly { readonly name: string }[];
  readonly defaults: readonly unknown[];
}

function languagesOf(args: MacroSyntax['args'], defaults: readonly unknown[]): readonly string[] | undefined {
  const index = args.findIndex((argument) => argument.name === 'supported_languages');
  const value = defaults[index - (args.length - defaults.length)];
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items))
    return undefined;
  return value.items.map((item: { readonly value?: unknown }) => String(item.value));
}

/** Where a macro's file lies. */
export interface MacroFile {
  readonly packageName: string;
  /** Relative to the package. */
  readonly file: string;
}

export function macroNode(block: MacroBlock, { packageName, file }: MacroFile, createdAt: number): Writable<MacroNode> {
  return {
    name: block.name,
    resource_type: 'macro',
    package_name: packageName,
    path: file,
    original_file_path: file,
    unique_id: `macro.${packageName}.${block.name}`,
    macro_sql: block.sql,
    depends_on: { macros: [] },
    description: '',
    meta: {},
    docs: { show: true, node_color: null },
    config: { meta: {}, docs: { show: true, node_color: null } },
    patch_path: null,
    arguments: block.args.map((name) => ({ name, type: null, description: '' })),
    created_at: createdAt,
    supported_languages: block.languages,
  };
}
