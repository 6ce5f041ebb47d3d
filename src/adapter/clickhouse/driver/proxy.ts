import type { ClientRequest, Agent as HttpAgent } from 'node:http';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { TsdbtError } from '../../../error/index.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Connected = (error: Error | null, socket?: Duplex) => void;

/** No proxy has a way to what runs on this machine; the private server is one such. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY (or their lower-case names) give for a server; undefined for none. */
export function proxyFor(url: string, env: Env): URL | undefined {
  const { protocol, hostname, host } = new URL(url);
  const name = `${protocol.slice(0, -1)}_proxy`;
  const said = env[name] || env[name.toUpperCase()];
  if (!said || LOOPBACK.test(hostname)) return undefined;
  const spared = (env['no_proxy'] || env['NO_PROXY'] || '').split(',').map((one) => one.trim().toLowerCase());
  const isSpared = (one: string): boolean =>
    one === '*' ||
    one === hostname ||
    one === host ||
    (one !== '' && hostname.endsWith(`.${one.replace(/^\*?\./, '')}`));
  if (spared.some(isSpared)) return undefined;
  try {
    return new URL(said.includes('://') ? said : `http://${said}`);
  } catch (cause) {
    const message = `${name.toUpperCase()} is no URL of a proxy`;
    throw new TsdbtError({ code: 'TSD1003', message, hint: 'For example http://proxy.local:3128.', cause });
  }
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Sends the agent's requests to the proxy, with the whole URL of each: how plain HTTP goes through one. */
export function throughProxy(agent: HttpAgent, proxy: URL, server: string): void {
  const pool = agent as unknown as {
    addRequest(request: ClientRequest, options: Record<string, unknown>): void;
  };
  const add = pool.addRequest.bind(agent);
  pool.addRequest = (sent, options) => {
    sent.path = new URL(sent.path, server).href;
    for (const [name, value] of Object.entries(authorization(proxy))) sent.setHeader(name, value);
    add(sent, { ...options, host: proxy.hostname, port: Number(proxy.port || 80) });
  };
}

/** A connection through the proxy's tunnel, with TLS to the server at its other end. */
export function tunnel(proxy: URL, server: URL, tls: object, timeoutMs: number, done: Connected): void {
  const port = server.port || '443';
  const asked = request({
    host: proxy.hostname,
    port: Number(proxy.port || 80),
    method: 'CONNECT',
    path: `${server.hostname}:${port}`,
    headers: { host: `${server.hostname}:${port}`, ...authorization(proxy) },
    agent: false,
    timeout: timeoutMs,
  });
  const fail = (text: string): void => {
    asked.destroy();
    done(Object.assign(new Error(`${text} (proxy ${proxy.host})`), { syscall: 'connect' }));
  };
  asked.once('timeout', () => fail('no tunnel in time'));
  asked.once('error', (error) => fail(error.message));
  asked.once('connect', ({ statusCode }, socket) => {
    if (statusCode !== 200) {
      socket.destroy();
      fail(`no tunnel to ${server.host}: HTTP ${statusCode}`);
      return;
    }
    const secure = connectTls({ servername: server.hostname, ...tls, socket });
    done(null, secure);
  });
  asked.end();
}
