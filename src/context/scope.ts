import type { Scope, Value } from '../jinja/index.ts';
import { LazyObject } from './lazy-object.ts';
import { BoundMacro } from './macros/bound.ts';
import { MacroStack } from './macros/call-stack.ts';
import type { Dialect, FoundMacro, MacroLibrary } from './types.ts';

/** dbt's own words of one scope: each is made when a template first asks for it. */
export type Words = Readonly<Record<string, () => Value>>;

export interface DbtScopeInput {
  readonly library: MacroLibrary;
  readonly dialect: Dialect;
  /** Whose macros come first. */
  readonly packageName: string;
  /** Searched in order. Kept apart, because most nodes name only a few of them. */
  readonly words: (scope: DbtScope) => readonly Words[];
  readonly extras?: ReadonlyMap<string, Value> | undefined;
  readonly stack?: MacroStack;
}

/**
 * Everything one node's templates can name, in dbt's order: `context`, macros of the node's package and of the root, extras,
 * package namespaces, built-in macros, dbt's words. Nothing is made before it is named; what was found stays found.
 */
export class DbtScope implements Scope {
  readonly #input: DbtScopeInput;
  readonly #words: readonly Words[];
  readonly #found = new Map<string, Value | undefined>();
  readonly #bound = new Map<FoundMacro, BoundMacro>();

  constructor(input: DbtScopeInput) {
    this.#input = input;
    this.#words = input.words(this);
    this.#found.set('context_macro_stack', input.stack ?? new MacroStack());
  }

  lookup(name: string): Value | undefined {
    const known = this.#found.get(name);
    if (known !== undefined || this.#found.has(name)) return known;
    const value = this.#resolve(name);
    this.#found.set(name, value);
    return value;
  }

  /** One of dbt's words, whatever macro hides it: `builtins.ref`. */
  word(name: string): Value | undefined {
    for (const words of this.#words) if (Object.hasOwn(words, name)) return words[name]?.();
    return undefined;
  }

  /** Macros by the names that this package knows them by, and dbt's words. */
  names(): readonly string[] {
    const { library, packageName, extras } = this.#input;
    const packages = [packageName, 'dbt'].flatMap((name) => library.namesIn(name) ?? []);
    return [...packages, ...(extras?.keys() ?? []), ...this.wordNames()];
  }

  wordNames(): readonly string[] {
    return [...new Set(this.#words.flatMap((words) => Object.keys(words)))];
  }

  /** The macro with this scope behind it. */
  bind(macro: FoundMacro): Value {
    let bound = this.#bound.get(macro);
    if (!bound) {
      bound = new BoundMacro(macro, this);
      this.#bound.set(macro, bound);
    }
    return bound;
  }

  dispatch(name: string, namespace: string | null): Value {
    return this.bind(this.#input.library.dispatch(name, namespace, this.#input.packageName));
  }

  /** The same scope with more names; macros called in it see them too. */
  extend(extras: ReadonlyMap<string, Value>): DbtScope {
    const stack = this.#found.get('context_macro_stack');
    return new DbtScope({ ...this.#input, stack, extras: new Map([...(this.#input.extras ?? []), ...extras]) });
  }

  #resolve(name: string): Value | undefined {
    if (name === 'context')
      return new LazyObject(
        'ChainMap',
        (key) => this.lookup(key),
        () => this.wordNames(),
      );
    const { library, dialect, packageName, extras } = this.#input;
    const macro = library.find(name, packageName);
    if (macro && !dialect.internalPackages.includes(macro.packageName)) return this.bind(macro);
    if (extras?.has(name)) return extras.get(name);
    const names = library.namesIn(name);
    if (names) return this.#namespace(name, names);
    return macro ? this.bind(macro) : this.word(name);
  }

  #namespace(packageName: string, names: readonly string[]): Value {
    const lookup = (name: string) => {
      const macro = this.#input.library.find(`${packageName}.${name}`, null);
      return macro && this.bind(macro);
    };
    return new LazyObject('MacroNamespace', lookup, () => names);
  }
}
