import type { Socket } from 'node:net';

/** Calls `onMessage` for each line of JSON that arrives; what is not JSON ends the connection. */
export function onMessages<T>(socket: Socket, onMessage: (message: T) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      try {
        onMessage(JSON.parse(line) as T);
      } catch {
        socket.destroy();
      }
    }
  });
}

export function sendMessage(socket: Socket, message: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
