import type { Matcher, Search } from './search.ts';

/** `config.meta.owner:data`: the value itself, or one of a list; `true` and `false` mean booleans too. */
export function byConfig(search: Search): Matcher {
  const { arguments: path, value: wanted } = search.criterion;
  const ignoreCase = path.length === 1 && path[0] === 'severity';
  return (node) => {
    if (!isConfigurable(node.resource_type)) return false;
    const value = descend((node as { config?: unknown }).config, path);
    if (value === undefined) return false;
    return (Array.isArray(value) ? value : [value]).some((item) => isSame(item, wanted, ignoreCase));
  };
}

function isConfigurable(type: string): boolean {
  return ['model', 'seed', 'snapshot', 'test', 'analysis', 'source'].includes(type);
}

function descend(config: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = value as Readonly<Record<string, unknown>>;
    // Hooks are spelled both ways; the artifact has the hyphen.
    return Object.hasOwn(fields, key) ? fields[key] : fields[key.replace('_', '-')];
  }, config);
}

function isSame(value: unknown, wanted: unknown, ignoreCase: boolean): boolean {
  if (value === wanted) return true;
  if (typeof value === 'boolean') return String(wanted).toLowerCase() === String(value);
  if (ignoreCase && typeof value === 'string') return value.toLowerCase() === String(wanted).toLowerCase();
  return false;
}
