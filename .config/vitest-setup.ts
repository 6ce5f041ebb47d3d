import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const server = join(root, 'src/adapter/clickhouse/server');

/** The private ClickHouse's processes run from dist, under tests as well: build it where it is older than their sources. */
export default function setup(): void {
  const changed = readdirSync(server).map((file) => statSync(join(server, file)).mtimeMs);
  const built = statSync(join(root, 'dist/supervisor.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < Math.max(...changed)) execFileSync(process.execPath, [join(root, '.config/build.mjs')]);
}
