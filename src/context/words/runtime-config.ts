import { Dict, fromData, hostFunction, PyObject, type Value } from '../../jinja/index.ts';
import type { Package } from '../../model/index.ts';
import { LazyObject } from '../lazy-object.ts';
import type { ContextEnvironment } from '../types.ts';
import { invocationArgs } from './invocation-args.ts';

/** `builtins.ref.config`: how packages come to know which versions are installed and what the project is called. */
export class ProjectConfig extends PyObject {
  readonly #environment: ContextEnvironment;
  readonly #package: Package;

  constructor(environment: ContextEnvironment, ofPackage: Package = environment.rootPackage) {
    super();
    this.#environment = environment;
    this.#package = ofPackage;
  }

  pyTypeName(): string {
    return 'RuntimeConfig';
  }

  override pyAttr(name: string): Value | undefined {
    const { target, cliVars, packages, rootPackage } = this.#environment;
    switch (name) {
      case 'project_name':
        return this.#package.name;
      case 'version':
        return this.#package.version;
      case 'project_root':
        return this.#package.root;
      case 'target_name':
        return target.name;
      case 'profile_name':
        return target.profileName;
      case 'threads':
        return target.threads;
      case 'cli_vars':
        return fromData(cliVars);
      case 'vars':
        return varProvider(this.#package);
      case 'args':
        return invocationArgs(this.#environment);
      case 'dependencies': {
        const of = (each: Package) => [each.name, new ProjectConfig(this.#environment, each)] as const;
        return new Dict([rootPackage, ...packages].map(of));
      }
      default:
        return undefined;
    }
  }
}

/** What of `vars` a package's dbt_project.yml says. */
function varProvider({ vars }: Package): Value {
  const read = (name: string): Value | undefined => {
    if (name === 'vars') return fromData(vars);
    return name === 'to_dict' ? hostFunction('to_dict', () => fromData(vars)) : undefined;
  };
  return new LazyObject('VarProvider', read, () => ['vars']);
}
