import type { ConfigTrees, Flags, Package, TreeName } from '../../model/index.ts';
import type { DataMap } from '../../util/data.ts';
import { type ConfigKind, FIELDS, type Field } from './fields.ts';
import { overlay } from './merge.ts';
import { treeLevels } from './tree.ts';

/** What a node itself brings: its properties YAML and its `config()` calls. */
export interface OwnConfig {
  readonly properties?: DataMap;
  readonly calls?: DataMap;
}

interface Subject {
  readonly kind: ConfigKind;
  readonly packageName: string;
  readonly fqn: readonly string[];
}

/**
 * The configuration of any node: defaults, its package's tree, its YAML, its calls, and for a package's node the root
 * project's tree on top. Levels of a tree are remembered by folder, since the nodes of a folder share them.
 */
export class Configs {
  readonly #root: Package;
  readonly #packages: ReadonlyMap<string, Package>;
  readonly #flags: Flags;
  readonly #trees = new Map<string, DataMap>();

  constructor(root: Package, packages: readonly Package[], flags: Flags) {
    this.#root = root;
    this.#packages = new Map([root, ...packages].map((each) => [each.name, each]));
    this.#flags = flags;
  }

  /** Every key of the kind present, then the adapter's and the user's own. */
  rendered(subject: Subject, own: OwnConfig): DataMap {
    const fields = fieldsOf(subject.kind);
    let config = this.#fromTree(subject);
    if (own.properties !== undefined) config = overlay(fields, config, own.properties);
    if (own.calls !== undefined) config = overlay(fields, config, own.calls);
    for (const level of this.#rootLevels(subject, 'trees')) config = overlay(fields, config, level);
    return subject.kind === 'test' ? withStoreFailures(config) : config;
  }

  /** The same levels as they were written, templates and all: what state:modified compares. */
  unrendered(subject: Subject, own: OwnConfig): DataMap {
    // dbt has no such tree for these kinds.
    const hasTree = !['semantic_model', 'saved_query', 'function'].includes(subject.kind);
    const levels = [
      ...(hasTree ? this.#ownLevels(subject, 'unrenderedTrees') : []),
      own.properties ?? {},
      own.calls ?? {},
      ...(hasTree ? this.#rootLevels(subject, 'unrenderedTrees') : []),
    ];
    return Object.assign({}, ...levels);
  }

  #fromTree(subject: Subject): DataMap {
    const levels = this.#ownLevels(subject, 'trees');
    const key = [subject.kind, subject.packageName, ...subject.fqn.slice(0, levels.length - 1)].join('\0');
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const fields = fieldsOf(subject.kind);
    let config: DataMap = initial(subject.kind);
    for (const level of levels) config = overlay(fields, config, level);
    this.#trees.set(key, config);
    return config;
  }

  #ownLevels(subject: Subject, which: 'trees' | 'unrenderedTrees'): readonly DataMap[] {
    const owner = this.#packages.get(subject.packageName) ?? this.#root;
    return treeLevels(this.#tree(owner[which], subject.kind), subject.fqn);
  }

  #rootLevels(subject: Subject, which: 'trees' | 'unrenderedTrees'): readonly DataMap[] {
    if (subject.packageName === this.#root.name) return [];
    return treeLevels(this.#tree(this.#root[which], subject.kind), subject.fqn);
  }

  #tree(trees: ConfigTrees, kind: ConfigKind): DataMap {
    return trees[this.#treeName(kind)] ?? {};
  }

  #treeName(kind: ConfigKind): TreeName {
    switch (kind) {
      case 'seed':
        return 'seeds';
      case 'snapshot':
        return 'snapshots';
      case 'source':
        return 'sources';
      case 'test':
        return 'data_tests';
      case 'exposure':
        return 'exposures';
      case 'unit_test':
        return 'unit_tests';
      case 'metric':
        return 'metrics';
      case 'semantic_model':
        return 'semantic-models';
      case 'saved_query':
        return 'saved-queries';
      case 'function':
        return 'functions';
      case 'analysis':
        return this.#flags.require_corrected_analysis_fqns === true ? 'analyses' : 'models';
      default:
        return 'models'; // dbt gives hooks and groups the models' tree, too
    }
  }
}

const byName = new Map<ConfigKind, ReadonlyMap<string, Field>>();

function fieldsOf(kind: ConfigKind): ReadonlyMap<string, Field> {
  let fields = byName.get(kind);
  if (fields === undefined) {
    fields = new Map(FIELDS[kind].map((field) => [field.name, field]));
    byName.set(kind, fields);
  }
  return fields;
}

function initial(kind: ConfigKind): DataMap {
  return Object.fromEntries(FIELDS[kind].map((field) => [field.name, field.initial]));
}

const STORED: Readonly<Record<string, boolean>> = { ephemeral: false, table: true, view: true };

/** `store_failures_as` decides; `store_failures` alone stands for a table, or for none. */
function withStoreFailures(config: DataMap): DataMap {
  const as = config.store_failures_as ?? null;
  if (as !== null) return { ...config, store_failures: STORED[String(as)] ?? true };
  const store = config.store_failures ?? null;
  return store === null ? config : { ...config, store_failures_as: store === true ? 'table' : 'ephemeral' };
}
