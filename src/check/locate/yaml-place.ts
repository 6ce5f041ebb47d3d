import type { At } from '../../error/index.ts';

/** Where a YAML file names a resource, or a column of it; line 1 where it does not show. */
export function yamlPlace(file: string, contents: string | undefined, names: readonly string[]): At {
  let at = 0;
  for (const name of names) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const match = new RegExp(`\\bname:\\s*["']?(${escaped})(?=["'\\s,}]|$)`, 'd');
    const found = match.exec(contents?.slice(at) ?? '')?.indices?.[1]?.[0];
    if (found === undefined) break;
    at += found;
  }
  const before = (contents ?? '').slice(0, at).split('\n');
  return { file, line: before.length, col: at === 0 ? 0 : before.at(-1)!.length + 1 };
}

/** `project://models/x.yml` as the path in its package. */
export function patchFile(patchPath: string | null): string | undefined {
  return patchPath?.replace(/^[^:]*:\/\//, '');
}
