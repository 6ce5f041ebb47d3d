// The documentation site against its bars (site.md §7): sizes, generation, and what a reader waits for in headless Chromium without GPU.
// npm run bench -- site [--models N] [--runs N]: medians of N (5) runs, beside the bar; with the project's own target folder where it is there.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { collectSite, writeSite } from '../../src/docs/index.ts';
import { sampleProject } from '../docs/sample-project.ts';

const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const models = argument('models', 8900);
const runs = argument('runs', 5);
const root = process.cwd();
const rows: { what: string; measured: string; bar: string; met: string }[] = [];
const KB = (bytes: number): number => Math.round(bytes / 100) / 10;
const gz = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

function row(what: string, value: number, unit: string, bar: number): void {
  rows.push({
    what,
    measured: `${Math.round(value * 10) / 10} ${unit}`,
    bar: `${bar} ${unit}`,
    met: value <= bar ? 'yes' : 'NO',
  });
}

row('app, js + css, gzipped', KB(gz(join(root, 'dist/site/app.js')) + gz(join(root, 'dist/site/app.css'))), 'KB', 60);

const target = join(root, 'project/target');
const own = join(target, 'index.html');
if (existsSync(own)) {
  row('index.html of Stir, gzipped', KB(gz(own)), 'KB', 90);
  if (existsSync(join(target, 'static_index.html')))
    row('static_index.html of Stir, gzipped', KB(gz(join(target, 'static_index.html'))), 'KB', 300);
}

const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-site-'));
const input = sampleProject({ models, columns: 20, runs: 1 });
const generate: number[] = [];
for (let run = 0; run < Math.min(3, runs); run++) {
  const began = process.cpuUsage();
  await writeSite(folder, collectSite(input), { static: false });
  const { user, system } = process.cpuUsage(began);
  generate.push((user + system) / 1e6);
}
const index = join(folder, 'index.html');
const core = JSON.parse(readFileSync(join(folder, 'site/core.json'), 'utf8')) as {
  nodes: { rank: number; name: string }[];
};
const onMap = core.nodes.filter(({ rank }) => rank >= 0).length;
console.log(
  `The large project: ${onMap} nodes on the map, ${core.nodes.length} in all, ${models * 20} columns, ${readdirSync(join(folder, 'site')).length} chunks.`,
);
row(`generate, ${onMap} nodes, CPU`, median(generate), 's', 3);
row(`index.html, ${onMap} nodes, gzipped`, KB(gz(index)), 'KB', 250);

const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (existsSync(path)) {
  const browser = await chromium.launch({
    executablePath: path,
    args: ['--disable-gpu', '--enable-precise-memory-info', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  if (existsSync(own)) row('first contentful paint, Stir, CPU 4 x slower', await firstPaint(browser, own), 'ms', 300);
  row(`first contentful paint, ${onMap} nodes, CPU 4 x slower`, await firstPaint(browser, index), 'ms', 600);
  await inPage(browser);
  await browser.close();
} else console.log(`No Chromium at ${path}: what a reader waits for is not measured.`);
rmSync(folder, { recursive: true, force: true });
console.table(rows);
if (rows.some(({ met }) => met === 'NO')) process.exitCode = 1;

async function opened(browser: Browser, file: string, slower: number): Promise<Page> {
  const page = await (
    await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' })
  ).newPage();
  if (slower > 1)
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${pathToFileURL(file).href}#!/overview`);
  await page.waitForFunction(() => document.querySelector('main') !== null);
  return page;
}

async function firstPaint(browser: Browser, file: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const page = await opened(browser, file, 4);
    times.push(
      await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
      ),
    );
    await page.context().close();
  }
  return median(times);
}

async function inPage(browser: Browser): Promise<void> {
  const page = await opened(browser, index, 4);
  await page.waitForTimeout(3000);
  row('search, a key to its result, CPU 4 x slower, p95', await keys(page), 'ms', 16);
  await page.context().close();
  const other = await opened(browser, index, 1);
  const open: number[] = [];
  for (let run = 0; run < runs; run++) {
    await other.evaluate(() => {
      location.hash = '#!/overview';
    });
    await other.waitForTimeout(200);
    open.push(
      await other.evaluate(
        () =>
          new Promise<number>((done) => {
            const began = performance.now();
            location.hash = '#!/graph?group=none';
            const look = (): void => {
              if (document.querySelector('.canvas canvas') === null) requestAnimationFrame(look);
              else requestAnimationFrame(() => done(performance.now() - began));
            };
            look();
          }),
      ),
    );
  }
  row(`open the map of ${onMap} nodes, ungrouped`, median(open), 'ms', 150);
  const frames: { p95: number; worst: number; dropped: number }[] = [];
  for (let run = 0; run < runs; run++) frames.push(await panned(other));
  row('pan and zoom 5 s, work of a frame, p95', median(frames.map(({ p95 }) => p95)), 'ms', 8);
  row('pan and zoom 5 s, work of a frame, worst', median(frames.map(({ worst }) => worst)), 'ms', 16.7);
  row('pan and zoom 5 s, frames dropped', median(frames.map(({ dropped }) => dropped)), '%', 1);
  row('hover, lit up', await hovered(other), 'ms', 8);
  const session = await other.context().newCDPSession(other);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  row('heap with the map open', usedSize / 1e6, 'MB', 60);
  await other.context().close();
}

/** From the key to the painted list, for each letter of some names. */
async function keys(page: Page): Promise<number> {
  await page.keyboard.press('/');
  return page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('.search input');
    const times: number[] = [];
    if (input === null) return Number.POSITIVE_INFINITY;
    for (const word of ['orders_12', 'customer_ref', 'int_basket', 'payment click']) {
      for (let end = 1; end <= word.length; end++) {
        input.value = word.slice(0, end);
        const began = performance.now();
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done));
        times.push(performance.now() - began);
        await new Promise((done) => requestAnimationFrame(done));
      }
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length * 0.95)] as number;
  });
}

/** Drags and turns the wheel for five seconds; the time that scripts took in each frame. */
async function panned(page: Page): Promise<{ p95: number; worst: number; dropped: number }> {
  return page.evaluate(async () => {
    const box = document.querySelector<HTMLElement>('.canvas');
    if (box === null) return { p95: Number.POSITIVE_INFINITY, worst: Number.POSITIVE_INFINITY, dropped: 100 };
    const work: number[] = [];
    let frames = 0;
    let late = 0;
    // Frames are counted from their callbacks: ours is asked for first, so all of the page's own work lies behind it.
    const rect = box.getBoundingClientRect();
    const at = (x: number, y: number) => ({
      bubbles: true,
      pointerId: 1,
      clientX: rect.left + x,
      clientY: rect.top + y,
      isPrimary: true,
    });
    box.setPointerCapture = () => undefined;
    box.dispatchEvent(new PointerEvent('pointerdown', at(600, 400)));
    const began = performance.now();
    let last = began;
    await new Promise<void>((done) => {
      const step = (now: number): void => {
        const start = performance.now();
        const t = (now - began) / 1000;
        box.dispatchEvent(
          new PointerEvent('pointermove', at(600 + 300 * Math.sin(t * 2), 400 + 200 * Math.cos(t * 1.4))),
        );
        if (frames % 3 === 0)
          box.dispatchEvent(
            new WheelEvent('wheel', {
              bubbles: true,
              deltaY: 240 * Math.sin(t * 1.1),
              clientX: rect.left + 500,
              clientY: rect.top + 350,
            }),
          );
        const channel = new MessageChannel();
        // Comes after every callback of this frame and its painting.
        channel.port1.onmessage = () => work.push(performance.now() - start);
        queueMicrotask(() => requestAnimationFrame(step));
        channel.port2.postMessage(0);
        if (now - last > 25) late++;
        last = now;
        frames++;
        if (now - began > 5000) done();
      };
      requestAnimationFrame(step);
    });
    box.dispatchEvent(new PointerEvent('pointerup', at(600, 400)));
    work.sort((a, b) => a - b);
    return {
      p95: work[Math.floor(work.length * 0.95)] as number,
      worst: work.at(-1) as number,
      dropped: (100 * late) / frames,
    };
  });
}

async function hovered(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const box = document.querySelector<HTMLElement>('.canvas');
    const times: number[] = [];
    if (box === null) return Number.POSITIVE_INFINITY;
    const rect = box.getBoundingClientRect();
    for (let at = 0; at < 60; at++) {
      const began = performance.now();
      box.dispatchEvent(
        new PointerEvent('pointermove', {
          bubbles: true,
          pointerId: 2,
          clientX: rect.left + 100 + at * 19,
          clientY: rect.top + 60 + ((at * 53) % 600),
        }),
      );
      times.push(performance.now() - began);
      await new Promise((done) => requestAnimationFrame(done));
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length * 0.95)] as number;
  });
}
