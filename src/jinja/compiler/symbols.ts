import { JinjaError } from '../errors.ts';

/**
 * How a variable of a scope gets its first value: `param` someone else sets it, `resolve` it is looked up by name in the
 * context, `alias` it starts as a variable of an outer scope, `undefined` it starts as missing.
 */
export type Load =
  | { readonly how: 'param' }
  | { readonly how: 'resolve'; readonly name: string }
  | { readonly how: 'alias'; readonly outer: string }
  | { readonly how: 'undefined' };

/** The names of one template scope and the JavaScript variables that hold them. */
export class Symbols {
  readonly level: number;
  readonly parent: Symbols | undefined;
  readonly refs: Map<string, string>;
  readonly loads: Map<string, Load>;
  readonly stores: Set<string>;

  constructor(parent?: Symbols, level = parent === undefined ? 0 : parent.level + 1, from?: Symbols) {
    this.parent = parent;
    this.level = level;
    this.refs = new Map(from?.refs);
    this.loads = new Map(from?.loads);
    this.stores = new Set(from?.stores);
  }

  copy(): Symbols {
    return new Symbols(this.parent, this.level, this);
  }

  #define(name: string, load: Load): string {
    const variable = `l_${this.level}_${name}`;
    this.refs.set(name, variable);
    this.loads.set(variable, load);
    return variable;
  }

  find(name: string): string | undefined {
    return this.refs.get(name) ?? this.parent?.find(name);
  }

  findLoad(variable: string): Load | undefined {
    return this.loads.get(variable) ?? this.parent?.findLoad(variable);
  }

  ref(name: string): string {
    const variable = this.find(name);
    if (variable === undefined) {
      // Jinja2's own words: it does not look for names in the filter of a block set.
      const text = `Tried to resolve a name to a reference that was unknown to the frame ('${name}')`;
      throw new JinjaError('AssertionError', text);
    }
    return variable;
  }

  /** The scope assigns to this name. */
  store(name: string): void {
    this.stores.add(name);
    if (this.refs.has(name)) return;
    const outer = this.parent?.find(name);
    this.#define(name, outer === undefined ? { how: 'undefined' } : { how: 'alias', outer });
  }

  /** The scope reads this name. */
  load(name: string): void {
    if (this.find(name) === undefined) this.#define(name, { how: 'resolve', name });
  }

  parameter(name: string): string {
    this.stores.add(name);
    return this.#define(name, { how: 'param' });
  }

  /** Takes over what the branches of an `if` did; what only some of them assign must start with its outer value. */
  mergeBranches(branches: readonly Symbols[]): void {
    const assigned = new Set<string>();
    for (const branch of branches) for (const name of branch.stores) if (!this.stores.has(name)) assigned.add(name);
    for (const branch of branches) {
      for (const [name, variable] of branch.refs) this.refs.set(name, variable);
      for (const [variable, load] of branch.loads) this.loads.set(variable, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    for (const name of assigned) {
      const outer = this.parent?.find(name);
      this.loads.set(this.ref(name), outer === undefined ? { how: 'resolve', name } : { how: 'alias', outer });
    }
  }

  /** Every assigned name that is visible here, with its variable. */
  visibleStores(): Map<string, string> {
    const found = new Map<string, string>();
    for (let scope: Symbols | undefined = this; scope !== undefined; scope = scope.parent) {
      for (const name of [...scope.stores].sort()) if (!found.has(name)) found.set(name, this.ref(name));
    }
    return found;
  }

  /** The variables of this scope that are parameters. */
  parameters(): Set<string> {
    const found = new Set<string>();
    for (const [variable, load] of this.loads) if (load.how === 'param') found.add(variable);
    return found;
  }
}
