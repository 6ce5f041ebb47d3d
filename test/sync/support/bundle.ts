import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** JavaScript that node runs by itself, out of TypeScript that imports sources; within node_modules by default, so that packages are found. */
export async function bundle(
  source: string,
  within = join(process.cwd(), 'node_modules'),
): Promise<{ readonly file: string; remove(): void }> {
  const dir = mkdtempSync(join(within, '.tsdbt-test-'));
  const entry = join(dir, 'entry.ts');
  writeFileSync(entry, source);
  const build = await rolldown({ input: entry, platform: 'node', external: /^(?!\.|\/)/ });
  const file = join(dir, 'entry.mjs');
  await build.write({ file, format: 'esm', codeSplitting: false });
  await build.close();
  chmodSync(dir, 0o755);
  return { file, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
