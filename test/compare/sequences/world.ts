import { commandOn } from '../stir/server.ts';
import type { Server } from './prints.ts';

/** Target `ord` is a database whose engine knows no EXCHANGE. */
export async function makeOrdinary(server: Server, prefixes: readonly string[]): Promise<void> {
  const old = { ...server, url: `${server.url}/?allow_deprecated_database_ordinary=1` };
  for (const prefix of prefixes) await commandOn(old, `create database ${prefix}_ord engine = Ordinary`);
}
