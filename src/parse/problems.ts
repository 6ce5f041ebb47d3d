import { type At, isTsdbtError, TsdbtError, type TsdbtErrorFields } from '../error/index.ts';
import type { Event } from '../model/index.ts';

/** The errors and warnings of one parse. All of them are gathered before anything stops. */
export class Problems {
  readonly #errors: TsdbtError[] = [];
  readonly #warnings: Event[] = [];

  get errors(): readonly TsdbtError[] {
    return this.#errors;
  }

  get warnings(): readonly Event[] {
    return this.#warnings;
  }

  add(problem: TsdbtErrorFields): void {
    this.#errors.push(problem instanceof TsdbtError ? problem : new TsdbtError(problem));
  }

  warn(event: Event): void {
    this.#warnings.push(event);
  }

  /**
   * Runs `work`; an error of a person's making is kept, and the answer is undefined.
   * `at` is asked where the error does not know its own place.
   */
  attempt<T>(work: () => T, at?: () => At | undefined): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!isTsdbtError(error)) throw error;
      this.add(error.at === undefined ? located(error, at?.()) : error);
      return undefined;
    }
  }
}

function located(error: TsdbtError, at: At | undefined): TsdbtError {
  return new TsdbtError({ code: error.code, message: error.message, at, hint: error.hint, cause: error.cause });
}

/** By file, then by line: the order in which a person goes through them. What several came upon is told once. */
export function sortProblems(problems: readonly TsdbtError[]): readonly TsdbtError[] {
  const key = ({ at }: TsdbtError): string => at?.file ?? '';
  const once = new Map(problems.map((one) => [JSON.stringify([one.code, one.message, one.at]), one]));
  return [...once.values()].sort((a, b) => compare(key(a), key(b)) || (a.at?.line ?? 0) - (b.at?.line ?? 0));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
