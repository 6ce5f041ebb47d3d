import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { onMessages, sendMessage } from './lines.ts';
import type { LeaseHolder, Reply, Request } from './types.ts';

/** What the leases are for: the supervisor answers with this. */
export interface Landlord {
  /** The reply to anything but a stop. Called with the leases as they are after the request. */
  answer(request: Request, leases: readonly LeaseHolder[]): Reply;
  /** Nobody holds a lease any more. */
  vacant(): void;
  /** Somebody does. */
  occupied(): void;
}

/** Serves leases at a unix socket. A lease is a connection: it ends when its holder closes it or dies. */
export async function serveLeases(path: string, landlord: Landlord): Promise<Server> {
  const holders = new Map<Socket, LeaseHolder>();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (holders.delete(socket) && holders.size === 0) landlord.vacant();
    });
    onMessages<Request>(socket, (request) => {
      const reply = landlord.answer(request, [...holders.values()]);
      if (reply.ok && request.op === 'lease') {
        holders.set(socket, { pid: request.pid, label: request.label });
        landlord.occupied();
      }
      sendMessage(socket, reply);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return server;
}
