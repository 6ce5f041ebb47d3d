import { JinjaError } from './errors.ts';
import { stretch } from './steps.ts';

/** A computation that may wait: yields promises, is resumed with what they gave, returns T. */
export type Step<T> = Generator<Promise<unknown>, T, unknown>;

const GENERATOR = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));

export function isStep(value: unknown): value is Step<unknown> {
  return typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(GENERATOR, value);
}

/** Runs to the end at once. Where the computation would have to wait, that is an error. */
export function runSync<T>(step: Step<T>): T {
  const first = stretch(() => step.next());
  if (first.done) return first.value;
  // The promise is nobody's now; its failure must not end the process.
  first.value.catch(() => {});
  const refused = stretch(() => step.throw(refusal()));
  if (refused.done) return refused.value;
  refused.value.catch(() => {});
  throw refusal();
}

function refusal(): JinjaError {
  return new JinjaError('TemplateRuntimeError', 'a query is not possible here');
}

/** Runs to the end, waiting where needed. A rejected promise is thrown into the computation at the place that waits for it. */
export async function runAsync<T>(step: Step<T>): Promise<T> {
  let state = stretch(() => step.next());
  while (!state.done) {
    let value: unknown;
    try {
      value = await state.value;
    } catch (error) {
      state = stretch(() => step.throw(error));
      continue;
    }
    state = stretch(() => step.next(value));
  }
  return state.value;
}

/** Whether a call's result still has to be waited for. */
export function isPending(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value instanceof Promise || isStep(value));
}

/** Waits for a result that is a promise or a step, until it is a value. */
export function* settle(result: unknown): Step<any> {
  let value = result;
  while (isPending(value)) value = value instanceof Promise ? yield value : yield* value as Step<unknown>;
  return value;
}
