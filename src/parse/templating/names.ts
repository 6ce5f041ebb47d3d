import {
  type ContextEnvironment,
  explainTemplateError,
  type FoundMacro,
  lazyDict,
  type MacroLibrary,
  nameScope,
} from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import { fromData, runSync, type Scope, str } from '../../jinja/index.ts';
import type { Data } from '../../util/data.ts';
import type { WritableNode } from '../types.ts';
import type { NameKind } from './templates.ts';

/** A macro that makes names, as the nodes of one package find it. */
interface Maker {
  readonly macro: FoundMacro;
  readonly scope: Scope;
  /** Built in, and dispatched to nobody else: its answer depends on nothing but the setting, of an alias also on name and version. */
  readonly isPlain: boolean;
}

/** generate_database_name, generate_schema_name, generate_alias_name: each asked once for all nodes it would answer alike. */
export class NodeNames {
  readonly #environment: ContextEnvironment;
  readonly #library: MacroLibrary;
  readonly #makers = new Map<string, Maker>();
  readonly #known = new Map<string, string | null>();

  constructor(environment: ContextEnvironment, library: MacroLibrary) {
    this.#environment = environment;
    this.#library = library;
  }

  of(kind: NameKind, custom: Data, node: WritableNode): string | null {
    const maker = this.#makerFor(kind, node.package_name);
    if (!maker.isPlain) return this.#made(maker, custom, node);
    if (kind === 'alias') {
      const isVersioned = node.resource_type === 'model' && node.version !== null;
      // As the built-in macro does, without calling it.
      return custom === null && !isVersioned ? node.name : this.#made(maker, custom, node);
    }
    const key = `${kind}\0${maker.macro.uniqueId}\0${JSON.stringify(custom)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#made(maker, custom, node);
    this.#known.set(key, name);
    return name;
  }

  #made({ macro, scope }: Maker, custom: Data, node: WritableNode): string | null {
    try {
      const value = runSync(macro.call(scope, [fromData(custom), lazyDict(node)]));
      return value === null ? null : str(value).trim();
    } catch (error) {
      throw explainTemplateError(error);
    }
  }

  #makerFor(kind: NameKind, packageName: string): Maker {
    const key = `${kind}\0${packageName}`;
    const known = this.#makers.get(key);
    if (known !== undefined) return known;
    const word = `generate_${kind}_name`;
    const macro = this.#library.findSpecial(word, packageName);
    if (macro === undefined) throw new TsdbtError({ code: 'TSD1103', message: `No macro with name ${word} found` });
    const maker = {
      macro,
      scope: nameScope(this.#environment, this.#library, macro),
      isPlain: this.#isBuiltIn(macro.packageName) && !this.#isOverridden(word, macro.packageName),
    };
    this.#makers.set(key, maker);
    return maker;
  }

  #isBuiltIn(packageName: string): boolean {
    return this.#environment.dialect.internalPackages.includes(packageName);
  }

  /** Whether `adapter.dispatch` of a built-in macro ends outside of the built-in packages. */
  #isOverridden(word: string, fromPackage: string): boolean {
    return !this.#isBuiltIn(this.#library.dispatch(word, 'dbt', fromPackage).packageName);
  }
}
