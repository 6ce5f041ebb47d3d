import { join } from 'node:path';
import { type LocalServer, serveLocally } from '../../util/local-server.ts';
import { answer } from './answer.ts';
import { follow } from './follow.ts';

export interface SiteServerOptions {
  /** Absolute: the folder with index.html. */
  readonly folder: string;
  /** An address of this machine; loopback unless told otherwise. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** File that a run writes while it goes on; with it, open pages learn of runs and of new documentation. */
  readonly live?: string;
}

/** Serves a folder, to be read only. Throws TSD9001 where the port is taken or the address is none of this machine. */
export async function serveSite({ folder, host, port, live }: SiteServerOptions): Promise<LocalServer> {
  const follower = live === undefined ? undefined : follow({ live, page: join(folder, 'index.html') });
  const what = 'The documentation';
  const server = await serveLocally((request, response) => answer(request, response, { folder, host, follower }), {
    what,
    host,
    port,
  });
  return {
    url: server.url,
    close() {
      follower?.close();
      return server.close();
    },
  };
}
