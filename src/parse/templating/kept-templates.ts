import type { Data, DataMap } from '../../util/data.ts';
import type { Parts } from '../cache/parts.ts';
import { hashesOf, haveSameValues, type VariableHashes, type Variables } from '../cache/variables.ts';
import type { Origin, WritableNode } from '../types.ts';
import type { Described, Extraction, NameKind, Reference, Templates } from './templates.ts';

interface KeptExtraction {
  readonly extraction: Extraction;
  readonly variables: VariableHashes;
}

/** Templates that remember what a node's code asked for, as long as nothing changed that it could see. */
export class KeptTemplates implements Templates {
  readonly #live: Templates;
  readonly #parts: Parts;
  readonly #surroundings: string;
  readonly #env: Variables;

  /** `surroundings` is a hash of everything a template can see but the node, its code and environment variables. */
  constructor(live: Templates, parts: Parts, surroundings: string, env: Variables) {
    this.#live = live;
    this.#parts = parts;
    this.#surroundings = surroundings;
    this.#env = env;
  }

  extract(node: WritableNode, origin: Origin, code: string): Extraction {
    // The code of a hook sees the node's final configuration, which is more than its place and text.
    if (code !== node.raw_code) return this.#live.extract(node, origin, code);
    return this.#kept(['node', node.unique_id, node.original_file_path, node.fqn, code], () =>
      this.#live.extract(node, origin, code),
    );
  }

  extractTest(node: WritableNode, args: DataMap, config: DataMap): Extraction {
    const key = ['test', node.unique_id, node.original_file_path, node.raw_code, node.config, node.tags, args, config];
    return this.#kept(key, () => this.#live.extractTest(node, args, config));
  }

  value(packageName: string, text: string, isSetting?: boolean): Data {
    return this.#live.value(packageName, text, isSetting);
  }

  description(text: string, about: Described): string {
    return this.#live.description(text, about);
  }

  name(kind: NameKind, custom: Data, node: WritableNode): string | null {
    return this.#live.name(kind, custom, node);
  }

  reference(text: string): Reference {
    return this.#live.reference(text);
  }

  anyReference(text: string): Reference | undefined {
    return this.#live.anyReference(text);
  }

  macroId(name: string, packageName: string): string | undefined {
    return this.#live.macroId(name, packageName);
  }

  #kept(key: readonly unknown[], make: () => Extraction): Extraction {
    const whole = (): KeptExtraction => {
      const extraction = make();
      return { extraction, variables: hashesOf(extraction.envVars, this.#env) };
    };
    const isValid = ({ variables }: KeptExtraction): boolean => haveSameValues(variables, this.#env);
    return this.#parts.of([this.#surroundings, ...key], whole, isValid).extraction;
  }
}
