import { spawnSync } from 'node:child_process';

/** What pg_dump says of the schema, without backups; undefined where none is installed that is as new as the server. */
export function dumpSchema(url: string, serverMajor: number): string | undefined {
  const said = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  const major = Number(/(\d+)\./.exec(said.stdout ?? '')?.[1] ?? 0);
  if (major < serverMajor) return undefined;
  const { status, stdout, stderr } = spawnSync('pg_dump', ['--schema-only', url], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr);
  // One section for each object; `\restrict` has a new word each time.
  const sections = stdout.split(/^--\n-- Name: /m).filter((section) => !section.split('\n')[0]!.includes('_bkp'));
  return sections.map((section) => section.replace(/^\\(un)?restrict .*$/gm, '')).join('');
}
