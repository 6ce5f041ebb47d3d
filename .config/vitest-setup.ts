import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The private ClickHouse's processes and the end-to-end tests run from dist: make it anew from what is tested. */
export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { stdio: 'inherit' });
}
