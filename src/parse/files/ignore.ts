/** The rules of a .dbtignore, which are those of a .gitignore; the last that matches decides. */
export function ignoreRules(text: string): (file: string) => boolean {
  const rules = text.split(/\r?\n/).flatMap(ruleOf);
  return (file) => {
    let ignored = false;
    for (const rule of rules) if (rule.pattern.test(file)) ignored = !rule.keeps;
    return ignored;
  };
}

interface Rule {
  readonly pattern: RegExp;
  readonly keeps: boolean;
}

function ruleOf(line: string): readonly Rule[] {
  const written = line.replace(/(?<!\\)\s+$/, '');
  if (written === '' || written.startsWith('#')) return [];
  const keeps = written.startsWith('!');
  const body = written.slice(keeps ? 1 : 0);
  const folderOnly = body.endsWith('/');
  const glob = body.replace(/\/$/, '');
  const anchored = glob.includes('/');
  const start = anchored ? '^' : '^(?:.*/)?';
  const end = folderOnly ? '/' : '(?:/|$)';
  return [{ pattern: new RegExp(start + expression(glob.replace(/^\//, '')) + end), keeps }];
}

function expression(glob: string): string {
  return glob.replace(/\*\*\/|\/\*\*|\*|\?|\[!?[^\]]+\]|\\.|[^*?[\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '/**') return '/.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.startsWith('[')) return token.replace(/^\[!/, '[^');
    return token.replace(/^\\/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
}
