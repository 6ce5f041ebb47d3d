// Bundles one TypeScript entry into a temporary file and runs it: `node .config/run-ts.mjs test/x.ts args…`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url).pathname;
const [entry, ...args] = process.argv.slice(2);
// Inside the tree, so that the packages left outside the bundle are found.
const folder = mkdtempSync(join(root, '.run-ts-'));
try {
  const bundle = await rolldown({ input: entry, platform: 'node', external: /^[^./]/, logLevel: 'warn' });
  const file = join(folder, 'entry.mjs');
  await bundle.write({ file, format: 'esm', codeSplitting: false, sourcemap: true });
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', file, ...args], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
