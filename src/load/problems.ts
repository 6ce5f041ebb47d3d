import { isTsdbtError, type TsdbtError, throwProblems } from '../error/index.ts';

/** Gathers what is wrong, so that a person sees all of it at once. */
export class Problems {
  readonly #found: TsdbtError[] = [];

  add(...problems: readonly TsdbtError[]): void {
    this.#found.push(...problems);
  }

  /** The result of `work`, or `otherwise` where it throws a problem; anything else that is thrown goes on. */
  try<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      this.#keep(error);
      return otherwise;
    }
  }

  async tryAsync<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#keep(error);
      return otherwise;
    }
  }

  /** Throws if anything was found. */
  throw(): void {
    throwProblems(this.#found);
  }

  #keep(error: unknown): void {
    if (!isTsdbtError(error)) throw error;
    this.#found.push(...(error.problems.length > 0 ? error.problems : [error]));
  }
}
