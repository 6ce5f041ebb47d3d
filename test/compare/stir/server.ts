import type { PrivateServer } from '../../../src/adapter/index.ts';

type Server = Pick<PrivateServer, 'url' | 'user' | 'password'>;

/** Rows of a query as texts, a string for each cell. Throws what the server says. */
export async function rowsOf(server: Server, sql: string): Promise<string[][]> {
  const text = await commandOn(server, `${sql} format JSONCompactStrings`);
  return (JSON.parse(text) as { data: string[][] }).data;
}

/** What the server answers to a statement. Throws what the server says. */
export async function commandOn({ url, user, password }: Server, sql: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const answer = await fetch(url, { method: 'POST', headers: { authorization }, body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${text}\n${sql}`);
  return text;
}
