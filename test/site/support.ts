import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { collectSite, type SiteInput, writeSite } from '../../src/docs/index.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Where there is no Chromium the tests say so: a failure in CI, a word elsewhere. */
export const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) {
  const how = `The site is tested in Chromium, which is not at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM.`;
  if (process.env['CI'] !== undefined) throw new Error(how);
  console.warn(how);
}

/** Without a GPU, as servers and remote desktops are. */
export function launch(more: readonly string[] = []): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: ['--disable-gpu', ...asRoot, ...more] });
}

export interface Written {
  readonly folder: string;
  readonly index: string;
  readonly single: string;
  remove(): void;
}

export async function writeSample(input: SiteInput): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-site-'));
  const [index, single] = await writeSite(folder, collectSite(input), { static: true });
  return {
    folder,
    index: pathToFileURL(index as string).href,
    single: pathToFileURL(single as string).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a page did that it must not: each a sentence. */
export interface Watched {
  readonly page: Page;
  readonly faults: string[];
  close(): Promise<void>;
}

/** A page whose every error, dialog and request to elsewhere is written down. `origin`: where it may ask. */
export async function watch(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) faults.push(`request: ${url}`);
  });
  return { page, faults, close: () => context.close() };
}

/** Shows an address of the site and waits until nothing loads any more. */
export async function show(page: Page, base: string, hash: string): Promise<void> {
  if (page.url().split('#')[0] === base)
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
  else await page.goto(`${base}${hash}`);
  await settled(page);
}

/** Nothing loads any more, and keys are listened to. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('[aria-busy]') === null,
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
}

/** A server that knows nothing but files below one path, as buckets do. */
export async function serveBelow(folder: string, below: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    const file = join(folder, path.startsWith(below) ? path.slice(below.length) : 'nothing');
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, { 'Content-Type': file.endsWith('.js') ? 'text/javascript' : 'text/html' })
      .end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}${below}`, close: () => server.close() };
}
