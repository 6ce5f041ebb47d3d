import { hostFunction, PyObject, type Value } from '../../jinja/index.ts';
import { compilationProblem } from '../problem.ts';

/** Template global `adapter`: the database room's facade, and `dispatch`, which only the macros' look-up can answer. */
export class AdapterObject extends PyObject {
  readonly #facade: Value;
  readonly #dispatch: Value;

  constructor(facade: Value, dispatch: (name: string, namespace: string | null) => Value) {
    super();
    this.#facade = facade;
    this.#dispatch = hostFunction('dispatch', (args, kwargs) => {
      const [name, namespace] = dispatchArguments(args, kwargs);
      return dispatch(name, namespace);
    });
  }

  pyTypeName(): string {
    return this.#facade.pyTypeName();
  }

  override pyAttr(name: string): Value | undefined {
    return name === 'dispatch' ? this.#dispatch : this.#facade.pyAttr(name);
  }
}

function dispatchArguments(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): [string, string | null] {
  const name = args[0] ?? kwargs.get('macro_name');
  const namespace = args[1] ?? kwargs.get('macro_namespace') ?? null;
  if (args[2] !== undefined || kwargs.has('packages'))
    throw compilationProblem(
      `The "packages" argument of adapter.dispatch() has been deprecated.\nUse the "macro_namespace" argument instead.\n\nRaised during dispatch for: ${name}`,
    );
  if (typeof name !== 'string') throw compilationProblem('adapter.dispatch needs the name of a macro');
  if (namespace !== null && typeof namespace !== 'string')
    throw compilationProblem('In adapter.dispatch, got a macro_namespace argument that is neither None nor a string');
  return [name, namespace];
}
