import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { stageAccess } from '../../../src/sync/index.ts';

/** A bucket on loopback that takes one pair of keys. */
export interface Bucket {
  readonly access: ReturnType<typeof stageAccess>;
  readonly url: string;
  /** Text of a file that was written; undefined where there is none. */
  read(name: string): string | undefined;
  /** Takes all files away, whoever is at them. */
  clear(): void;
  close(): Promise<void>;
}

export async function openBucket(): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), 'tsdbt-bucket-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'marts', configs: [] }],
  });
  const { port } = await server.run();
  const url = `http://127.0.0.1:${port}/marts/syncs/`;
  const folder = join(directory, 'marts');
  return {
    url,
    access: stageAccess({ url, access_key_id: 'S3RVER', secret_access_key: 'S3RVER' }),
    read(name) {
      const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((one) =>
        one.endsWith(`${name}._S3rver_object`),
      );
      return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
    },
    clear() {
      for (const entry of readdirSync(folder)) {
        if (entry.includes('syncs')) rmSync(join(folder, entry), { recursive: true, force: true });
      }
    },
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
