import type { PrivateServer } from '../../../src/adapter/index.ts';

/** Rows of a query as texts, a string for each cell. Throws what the server says. */
export async function rowsOf(server: PrivateServer, sql: string): Promise<string[][]> {
  const authorization = `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`;
  const body = `${sql} format JSONCompactStrings`;
  const answer = await fetch(server.url, { method: 'POST', headers: { authorization }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${text}\n${sql}`);
  return (JSON.parse(text) as { data: string[][] }).data;
}
