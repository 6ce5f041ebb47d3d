import { connect, type Socket } from 'node:net';
import { onMessages, sendMessage } from './lines.ts';
import type { Reply, Request } from './types.ts';

/** A supervisor that does not answer within this is taken for dead. */
const ANSWER_WITHIN_MS = 5000;

/** One request to a supervisor; the connection stays open. Undefined where no supervisor answers at that socket. */
export function talk(path: string, request: Request): Promise<{ reply: Reply; socket: Socket } | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const giveUp = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, giveUp);
    socket.on('error', giveUp);
    socket.on('close', giveUp);
    socket.on('connect', () => sendMessage(socket, request));
    onMessages<Reply>(socket, (reply) => {
      socket.setTimeout(0);
      resolve({ reply, socket });
    });
  });
}
