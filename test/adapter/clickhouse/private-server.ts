import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Driver,
  type DriverOptions,
  ensureServer,
  openDriver,
  type ServerAddress,
  stopServer,
} from '../../../src/adapter/index.ts';

/** A new empty directory of its own, and how to remove it, with the server in it if one still runs. */
export function scratch(): { readonly dir: string; remove(): Promise<void> } {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-test-'));
  const remove = async (): Promise<void> => {
    await stopServer(join(dir, 'ch'), { force: true });
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, remove };
}

/** A private server in a new directory, with a driver to the schema `main`. */
export async function driverOnServer(
  options: DriverOptions = {},
): Promise<{ driver: Driver; server: ServerAddress; close(): Promise<void> }> {
  const place = scratch();
  const server = await ensureServer({ dataDir: join(place.dir, 'ch') });
  const driver = await openDriver({ ...server, schema: 'main' }, { threads: 4, singleServer: true, ...options });
  const close = async (): Promise<void> => {
    await driver.close();
    await place.remove();
  };
  return { driver, server, close };
}
