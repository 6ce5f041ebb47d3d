import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Alert, post, slackMessage } from '../../src/jobs/index.ts';

let server: Server;
let url: string;
let answers: number[];
let received: { readonly method: string; readonly body: string }[];

beforeEach(async () => {
  answers = [];
  received = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      received.push({ method: request.method!, body });
      const status = answers.shift() ?? 200;
      if (status > 0) response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=x`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const sleep = async (): Promise<void> => {};
const ALERT: Alert = {
  kind: 'failure',
  job: 'dbt_daily',
  runId: 'r1',
  at: '2026-06-30T19:00:00.000Z',
  message: '12 of 50 did not succeed',
  failed: Array.from({ length: 12 }, (_, i) => ({
    name: `model.p.m${i}`,
    status: 'error',
    seconds: 1,
    message: 'a < b & c\nmore',
  })),
};

it('a webhook is tried again while the server fails, and not when it refuses', async () => {
  const send = () => post(url, { contentType: 'application/json', body: '{}', sleep });
  answers = [503, 429, 200];
  expect(await send()).toBeUndefined();
  expect(received).toHaveLength(3);
  answers = [404];
  expect(await send()).toBe('HTTP 404');
  expect(received).toHaveLength(4);
  answers = [500, 500, 500, 500];
  expect(await send()).toBe('HTTP 500');
  expect(received).toHaveLength(7);
});

it('a webhook that does not answer or is not there is given up, and its address is not told', async () => {
  answers = [0];
  const options = { contentType: 'text/plain', body: 'x', tries: 1, timeoutMs: 100, sleep };
  expect(await post(url, options)).toBe('no answer within 100 ms');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await post(url, options)).toBe('ECONNREFUSED');
  expect(await post('not a url secret', options)).not.toContain('secret');
});

it("an alert is Slack's message: job, what failed, when, where the log is", () => {
  const message = slackMessage(ALERT, 'https://logs.example/r1') as unknown as {
    text: string;
    blocks: { text: { text: string } }[];
  };
  expect(message.text).toBe(':red_circle: failed: *dbt_daily* 12 of 50 did not succeed');
  const lines = message.blocks[0]!.text.text.split('\n');
  expect(lines[2]).toBe('• `model.p.m0` a &lt; b &amp; c');
  expect(lines).toHaveLength(14);
  expect(lines.slice(-2)).toEqual(['and 2 more', '2026-06-30T19:00:00.000Z, run r1, <https://logs.example/r1|log>']);
});
