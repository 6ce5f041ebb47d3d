import { PyObject, type Value } from '../../../jinja/index.ts';
import type { Methods, NodeState } from '../node-state.ts';
import { columnMethods } from './column-methods.ts';
import { profileMethods } from './profile-methods.ts';
import { relationMethods } from './relation-methods.ts';
import { serverMethods } from './server-methods.ts';
import { snapshotMethods } from './snapshot-methods.ts';
import { statementMethods } from './statement-methods.ts';
import { textMethods } from './text-methods.ts';

const GROUPS: readonly Methods[] = [
  statementMethods,
  relationMethods,
  columnMethods,
  profileMethods,
  serverMethods,
  snapshotMethods,
  textMethods,
];

/** Template global `adapter`, bound to one node. `first` wins over the usual methods. */
export class Facade extends PyObject {
  readonly #node: NodeState;
  readonly #groups: readonly Methods[];
  readonly #made = new Map<string, Value>();

  constructor(node: NodeState, first: Methods = {}) {
    super();
    this.#node = node;
    this.#groups = [first, ...GROUPS];
  }

  pyTypeName(): string {
    return 'RuntimeDatabaseWrapper';
  }

  override pyTruth(): boolean {
    return true;
  }

  override pyAttr(name: string): Value | undefined {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const make = this.#groups.find((group) => Object.hasOwn(group, name))?.[name];
    if (make === undefined) return undefined;
    const made = make(this.#node);
    this.#made.set(name, made);
    return made;
  }
}
