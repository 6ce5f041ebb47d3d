// The engine's front door while the engine itself is on its way: the jinja branch replaces this file whole (take theirs).
import type { Data } from '../util/data.ts';

// biome-ignore lint/suspicious/noExplicitAny: template values
export type Value = any;
export type Step<T> = Generator<Promise<unknown>, T, unknown>;
export interface Scope {
  lookup(name: string): Value | undefined;
}
export declare function runSync<T>(step: Step<T>): T;
export declare function runAsync<T>(step: Step<T>): Promise<T>;
export declare function fromData(d: Data): Value;
export declare function toData(v: Value): Data;
