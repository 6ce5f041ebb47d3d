import { sha256 } from '../digest.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Names of environment variables with the hashes of their values; null for one that is not set. Values are never kept. */
export type VariableHashes = Readonly<Record<string, string | null>>;

/** The same variables, and a list of those that were asked for. */
export function watched(env: Variables): { readonly env: Variables; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const note = (name: string | symbol): void => {
    if (typeof name === 'string') asked.add(name);
  };
  const handler: ProxyHandler<Variables> = {
    get: (target, name) => {
      note(name);
      return typeof name === 'string' ? target[name] : undefined;
    },
    has: (target, name) => {
      note(name);
      return name in target;
    },
    // Who goes through all of them looks for these; the rest of the environment is not what a manifest depends on.
    ownKeys: (target) => Object.keys(target).filter((name) => /^DBT_ENV_(CUSTOM_ENV|SECRET)_/.test(name)),
  };
  return { env: new Proxy({ ...env }, handler), asked };
}

export function hashesOf(names: Iterable<string>, env: Variables): VariableHashes {
  return Object.fromEntries([...names].sort().map((name) => [name, hashOf(env[name])]));
}

export function haveSameValues(hashes: VariableHashes, env: Variables): boolean {
  return Object.entries(hashes).every(([name, hash]) => hashOf(env[name]) === hash);
}

function hashOf(value: string | undefined): string | null {
  return value === undefined ? null : sha256(value);
}
