import { Dict, jsonDumps, PyObject, type Scope, type Step, type Value } from '../../jinja/index.ts';
import type { Package } from '../../model/index.ts';
import { type Data, type DataMap, isDataMap, PlainDate } from '../../util/data.ts';
import { SECRET_PREFIX } from '../../util/env-var.ts';
import { hasJinja, templateOf } from '../environment.ts';
import { lazyValue } from '../node-data.ts';
import { compilationProblem, type TemplateProblem } from '../problem.ts';
import { bindArguments, pyFunction } from '../py-function.ts';

export interface VarInput {
  readonly cliVars: DataMap;
  readonly root: Package;
  readonly packages: readonly Package[];
  /** The package of what asks. */
  readonly packageName: string;
  /** The name of what asks, for the text of the error; undefined for configuration. */
  readonly askedBy: string | undefined;
  /** While parsing a missing variable is none, later an error. */
  readonly required: boolean;
  /** Strings that are templates are rendered in this scope; not in YAML. */
  readonly scope: Scope | undefined;
  /** Hears of every name that was asked for: a cache of parsed files depends on them. */
  readonly onUse?: ((name: string) => void) | undefined;
}

/** --vars, then the root's for that package, the root's for all, then the package's own for itself and for all. */
export function mergedVars(input: Pick<VarInput, 'cliVars' | 'root' | 'packages' | 'packageName'>): DataMap {
  const { root, packageName } = input;
  const own =
    packageName === root.name ? undefined : input.packages.find((installed) => installed.name === packageName);
  return { ...(own ? varsFor(own, packageName) : {}), ...varsFor(root, packageName), ...input.cliVars };
}

/** Template global `var`. */
export class VarFunction extends PyObject {
  readonly #input: VarInput;
  #merged: DataMap | undefined;

  constructor(input: VarInput) {
    super();
    this.#input = input;
  }

  pyTypeName(): string {
    return 'RuntimeVar';
  }

  override pyCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value | Step<Value> {
    const [name, otherwise] = bindArguments('var', ['var_name', 'default'], ['var_name'], args, kwargs);
    this.#input.onUse?.(name);
    const vars = this.#vars();
    if (typeof name === 'string' && Object.hasOwn(vars, name)) return this.#rendered(vars[name] as Data);
    if (otherwise !== undefined) return otherwise;
    if (!this.#input.required) return null;
    throw missingVar(String(name), vars, this.#input.askedBy);
  }

  override pyAttr(name: string): Value | undefined {
    if (name !== 'has_var') return undefined;
    return pyFunction('has_var', ['var_name'], (asked) => Object.hasOwn(this.#vars(), asked));
  }

  #vars(): DataMap {
    this.#merged ??= mergedVars(this.#input);
    return this.#merged;
  }

  #rendered(value: Data): Value | Step<Value> {
    if (typeof value !== 'string' || !this.#input.scope || !hasJinja(value)) return lazyValue(value);
    return templateOf('runtime', value).render(this.#input.scope);
  }
}

function varsFor(from: Package, packageName: string): DataMap {
  const scoped = from.vars[packageName];
  return isDataMap(scoped) ? { ...from.vars, ...scoped } : from.vars;
}

/** A date of YAML has no form in JSON. */
function printable(value: Data): Value {
  return value instanceof PlainDate ? value.iso : lazyValue(value);
}

function missingVar(name: string, vars: DataMap, askedBy: string | undefined): TemplateProblem {
  const shown = new Dict();
  for (const [key, value] of Object.entries(vars))
    shown.set(key, key.startsWith(SECRET_PREFIX) ? '*****' : printable(value));
  const supplied = jsonDumps(shown, '    ', true);
  return compilationProblem(
    `Required var '${name}' not found in config:\nVars supplied to ${askedBy ?? '<Configuration>'} = ${supplied}`,
    'TSD2002',
    'Set it under vars: in dbt_project.yml, with --vars, or give var() a default.',
  );
}
