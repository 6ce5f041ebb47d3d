const compiled = new Map<string, RegExp>();

/** Python's fnmatch with case kept: `*`, `?`, `[ab]`, `[!ab]`; a star also matches dots and slashes. */
export function matchesWildcard(text: string, pattern: string): boolean {
  return cached(`w${pattern}`, () => `^${translate(pattern, '.*', '.')}$`).test(text);
}

/** Python's Path.glob: a star stays within one folder, `**` means any number of folders, the pattern is the whole path. */
export function matchesGlob(path: string, pattern: string): boolean {
  return cached(`g${pattern}`, () => globSource(pattern)).test(path);
}

export function hasWildcard(text: string): boolean {
  return /[*?[\]]/.test(text);
}

function globSource(pattern: string): string {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  // A trailing `**` matches folders alone; every folder above a file is asked for, so none is missed.
  const source = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === '**') return isLast ? '[^/]+(?:/[^/]+)*' : '(?:[^/]+/)*';
    return translate(part, '[^/]*', '[^/]') + (isLast ? '' : '/');
  });
  return `^${source.join('')}$`;
}

function translate(pattern: string, star: string, any: string): string {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] as string;
    const set = char === '[' ? characterSet(pattern, index) : null;
    if (set !== null) {
      source += set.source;
      index = set.end;
    } else if (char === '*') source += star;
    else if (char === '?') source += any;
    else source += char.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  }
  return source;
}

/** A bracket without its partner is an ordinary character. A `]` right after the opening belongs to the set. */
function characterSet(pattern: string, start: number): { source: string; end: number } | null {
  const negated = pattern[start + 1] === '!';
  const first = start + (negated ? 2 : 1);
  const end = pattern.indexOf(']', first + 1);
  if (end === -1) return null;
  const members = pattern.slice(first, end).replace(/[\\\]^[]/g, '\\$&');
  return { source: `[${negated ? '^' : ''}${members}]`, end };
}

function cached(key: string, source: () => string): RegExp {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const expression = new RegExp(source(), 's');
  compiled.set(key, expression);
  return expression;
}
