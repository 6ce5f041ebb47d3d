import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between the driver and a server that can be cut: the one part of these tests that is not real. */
export interface Wire {
  readonly port: number;
  /** Connections made so far. */
  connections(): number;
  /**
   * Cuts the connection of the next request that holds `word`: before it gets to the server, once it has got there, or
   * when its answer comes back.
   */
  cut(word: string, when: 'before' | 'after' | 'at-answer'): void;
  close(): void;
}

export async function proxyTo(target: number): Promise<Wire> {
  let connections = 0;
  let planned: { word: string; when: 'before' | 'after' | 'at-answer' } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections++;
    const upstream = connect(target, '127.0.0.1');
    let cutting: string | undefined;
    const sever = (): void => {
      cutting = undefined;
      client.resetAndDestroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      if (planned !== undefined && chunk.includes(planned.word)) {
        cutting = planned.when;
        planned = undefined;
      }
      if (cutting === 'before') return sever();
      upstream.write(chunk);
      // The server must have read it before its connection goes; a closed one it would not care to read.
      if (cutting === 'after') setTimeout(sever, 100);
    });
    upstream.on('data', (chunk) => (cutting === 'at-answer' ? sever() : client.write(chunk)));
    upstream.on('end', () => client.end());
    client.on('end', () => upstream.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    cut: (word, when) => {
      planned = { word, when };
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
