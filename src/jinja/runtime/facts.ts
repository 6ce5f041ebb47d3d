import type { Step } from '../step.ts';
import type { Kwargs, Value } from '../values/object.ts';
import type { UndefinedKind } from '../values/undefined.ts';

/** One run of a template, as filters and blocks see it. */
export interface Run {
  readonly env: EnvironmentFacts;
  readonly name: string | undefined;
  readonly blocks: ReadonlyMap<string, readonly RenderFunction[]>;
  readonly autoescape: boolean;
}

/** A compiled root or block: writes its parts to the output. */
export type RenderFunction = (context: any, output: any[]) => Step<void>;

/** What templates and filters need of their environment while running. */
export interface EnvironmentFacts {
  readonly undefinedKind: UndefinedKind;
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
  /** Applies a filter or test by name, as `map` and `select` do. */
  applyFilter(run: Run, name: string, value: Value, args: readonly Value[], kwargs: Kwargs): Value;
  applyTest(run: Run, name: string, value: Value, args: readonly Value[], kwargs: Kwargs): boolean;
}
