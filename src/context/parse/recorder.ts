import type { DataMap } from '../../util/data.ts';
import type { Recorded } from '../types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Where the words of one node's text write down what they were asked. */
export class Recorder {
  readonly #all: Mutable<Recorded> = {
    refs: [],
    sources: [],
    configCalls: [],
    unrenderedConfigCalls: [],
    macros: [],
    metrics: [],
    functions: [],
    envVars: [],
    vars: [],
  };

  /** Writes the call down and gives what the template is to see of it. */
  ref<T>(packageName: string | null, name: string, version: string | number | null, seen: T): T {
    this.#all.refs.push([packageName, name, version]);
    return seen;
  }

  source<T>(sourceName: string, tableName: string, seen: T): T {
    this.#all.sources.push([sourceName, tableName]);
    return seen;
  }

  named<T>(kind: 'metrics' | 'functions', packageName: string | null, name: string, seen: T): T {
    this.#all[kind].push(packageName === null ? [name] : [packageName, name]);
    return seen;
  }

  config(call: DataMap, unrendered: DataMap | undefined): void {
    this.#all.configCalls.push(call);
    if (unrendered) this.#all.unrenderedConfigCalls.push(unrendered);
  }

  /** The names of variables: each once. */
  once(kind: 'envVars' | 'vars', name: string): void {
    if (!this.#all[kind].includes(name)) this.#all[kind].push(name);
  }

  recorded(): Recorded {
    return this.#all;
  }
}
