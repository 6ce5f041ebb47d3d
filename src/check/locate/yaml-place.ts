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

/** Where a YAML file says the type of a column; where it names the column where that does not show. */
export function typePlace(file: string, contents: string | undefined, names: readonly string[]): At {
  const place = yamlPlace(file, contents, names);
  if (place.col === 0) return place;
  const lines = (contents ?? '').split('\n');
  const start = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.col - 1;
  // Before its name in a flow mapping, or behind it up to the next column's.
  const [rest = ''] = (contents ?? '').slice(start).split(/\bname:/);
  const found = /\bdata_type:\s*["']?/.exec(rest);
  if (found === null) return place;
  const before = (contents ?? '').slice(0, start + found.index + found[0].length).split('\n');
  return { file, line: before.length, col: before.at(-1)!.length + 1 };
}

/** `project://models/x.yml` as the path in its package. */
export function patchFile(patchPath: string | null): string | undefined {
  return patchPath?.replace(/^[^:]*:\/\//, '');
}
