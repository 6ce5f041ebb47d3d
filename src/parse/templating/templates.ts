import type { RefArgs } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import type { Origin, WritableNode } from '../types.ts';

/** What rendering some code asked for on the way. */
export interface Extraction {
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics: readonly (readonly string[])[];
  readonly functions: readonly (readonly string[])[];
  /** unique_ids of the macros called. */
  readonly macros: readonly string[];
  /** Its config() calls as one, and the same as written. */
  readonly calls: DataMap;
  readonly unrenderedCalls: DataMap;
  /** Names of environment variables it asked for. */
  readonly envVars: readonly string[];
  /** Where nothing was rendered: the settings as they stand in the file. */
  readonly literal?: DataMap;
}

export type NameKind = 'database' | 'schema' | 'alias';

/** Everything the parser asks of templates. Each throws a TsdbtError with the place in the file. */
export interface Templates {
  /** Renders a node's code and throws the text away. */
  extract(node: WritableNode, origin: Origin, code: string): Extraction;
  /** Renders the arguments of a generic test, then its code; `config` is what its YAML says, as if a first config() call. */
  extractTest(node: WritableNode, args: DataMap, config: DataMap): Extraction;
  /** A string of a properties file, which may become any value. In a setting what is undefined is an empty text. */
  value(packageName: string, text: string, isSetting?: boolean): Data;
  /** A description, with `doc()`. */
  description(text: string, about: Described): string;
  /** generate_database_name and its like: what they make of the configured value. */
  name(kind: NameKind, custom: Data, node: WritableNode): string | null;
  /** `ref('x')`, `source('a', 'b')`, `metric('m')` as written in YAML. */
  reference(text: string): Reference;
  /** The same where a text that asks for nothing is passed over: undefined. */
  anyReference(text: string): Reference | undefined;
  /** unique_id of a macro as a test of `packageName` finds it. */
  macroId(name: string, packageName: string): string | undefined;
}

export interface Described {
  readonly packageName: string;
  /** unique_id of what is described. */
  readonly describes: string;
  /** The text of a docs block; undefined where there is none. */
  doc(packageName: string | null, name: string): string | undefined;
}

export type Reference =
  | { readonly kind: 'ref'; readonly ref: RefArgs }
  | { readonly kind: 'source'; readonly source: readonly [string, string] }
  | { readonly kind: 'metric'; readonly metric: readonly string[] };
