// The documentation site against its bars (site.md §7): sizes, generation, and what a reader waits for in headless Chromium without GPU;
// beside it dbt's own documentation of the same project, where dbt can be had (DBT names its executable).
// npm run bench -- site [--models N] [--runs N]: medians of N (5) runs; with the project's own target folder where it is there.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { collectSite, writeSite } from '../../src/docs/index.ts';
import { sampleProject } from '../docs/sample-project.ts';
import { firstSight, heapOf, hovered, keys, opened, panned } from './bench-page.ts';
import { writeDbtDocs } from './dbt-docs.ts';
import { hasChromium, launch } from './support.ts';

const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const models = argument('models', 8900);
const runs = argument('runs', 5);
const root = process.cwd();
const rows: { what: string; measured: string; bar: string; met: string; dbt: string }[] = [];
const KB = (bytes: number): number => bytes / 1000;
const gz = (path: string): number => KB(gzipSync(readFileSync(path), { level: 9 }).length);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
const shown = (value: number, unit: string): string => `${Math.round(value * 10) / 10} ${unit}`;

function row(what: string, value: number, unit: string, bar?: number, dbt?: number): void {
  rows.push({
    what,
    measured: shown(value, unit),
    bar: bar === undefined ? '' : shown(bar, unit),
    met: bar === undefined ? '' : value <= bar ? 'yes' : 'NO',
    dbt: dbt === undefined ? '' : shown(dbt, unit),
  });
}

const addressOf = (file: string): string => `${pathToFileURL(file).href}#!/overview`;

/** A project's pages: ours, in parts and whole where it was made, and dbt's. */
interface Pages {
  readonly name: string;
  readonly index: string;
  readonly whole?: string;
  readonly dbt: string | undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'tsdbt-bench-site-'));
try {
  row('app, js + css, gzipped', gz(join(root, 'dist/site/app.js')) + gz(join(root, 'dist/site/app.css')), 'KB', 60);
  const own = stir();
  if (own !== undefined) {
    row('index.html of Stir, gzipped', gz(own.index), 'KB', 90);
    if (own.whole !== undefined && existsSync(own.whole))
      row('static file of Stir, gzipped', gz(own.whole), 'KB', 300, own.dbt === undefined ? undefined : gz(own.dbt));
  }
  const large = await generated();
  if (hasChromium) await inChromium(own, large);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
if (rows.some(({ met }) => met === 'NO')) process.exitCode = 1;

function stir(): Pages | undefined {
  const target = join(root, 'project/target');
  const index = join(target, 'index.html');
  if (!existsSync(index)) return undefined;
  const artifact = (name: string): string => readFileSync(join(target, name), 'utf8');
  const dbt = writeDbtDocs(artifact('manifest.json'), artifact('catalog.json'), join(folder, 'dbt-stir.html'));
  return { name: 'Stir', index, whole: join(target, 'static_index.html'), dbt };
}

async function generated(): Promise<Pages> {
  const input = { ...sampleProject({ models, columns: 20, runs: 1 }), state: undefined };
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await writeSite(folder, collectSite(input), { static: false });
    times.push((performance.now() - began) / 1000);
  }
  const index = join(folder, 'index.html');
  const core = JSON.parse(readFileSync(join(folder, 'site/core.json'), 'utf8')) as { nodes: { rank: number }[] };
  const name = `${core.nodes.filter(({ rank }) => rank >= 0).length} nodes`;
  const chunks = readdirSync(join(folder, 'site')).length;
  console.log(
    `The large project: ${name} on the map, ${core.nodes.length} in all, ${models * 20} columns, ${chunks} chunks.`,
  );
  row(`generate, ${name}`, median(times), 's', 3);
  row('memory of it', process.memoryUsage.rss() / 1e6, 'MB', 600);
  const dbt = writeDbtDocs(JSON.stringify(input.manifest), JSON.stringify(input.catalog), join(folder, 'dbt.html'));
  row(`index.html, ${name}, gzipped`, gz(index), 'KB', 250, dbt === undefined ? undefined : gz(dbt));
  return { name, index, dbt };
}

async function inChromium(own: Pages | undefined, large: Pages): Promise<void> {
  const browser = await launch(['--enable-precise-memory-info']);
  if (own !== undefined) await sights(browser, own, 300);
  await sights(browser, large, 600);
  await reading(browser, large);
  await browser.close();
}

/** How long until something is seen, the processor four times slower. */
async function sights(browser: Browser, { name, index, dbt }: Pages, bar: number): Promise<void> {
  const times = async (url: string, count: number): Promise<readonly [number, number]> => {
    const seen = [];
    for (let run = 0; run < count; run++) seen.push(await firstSight(browser, url));
    return [median(seen.map(([paint]) => paint)), median(seen.map(([, words]) => words))];
  };
  const [paint, words] = await times(addressOf(index), runs);
  const theirs = dbt === undefined ? [] : await times(addressOf(dbt), 1).catch(() => []);
  row(`first contentful paint, ${name}, CPU 4 x slower`, paint, 'ms', bar, theirs[0]);
  row(`first links, ${name}, CPU 4 x slower`, words, 'ms', undefined, theirs[1]);
}

async function reading(browser: Browser, { name, index, dbt }: Pages): Promise<void> {
  const slow = await opened(browser, addressOf(index), 4);
  await slow.waitForTimeout(3000);
  row('search, a key to its painted result, CPU 4 x slower, p95', await keys(slow), 'ms', 16);
  await slow.context().close();
  const page = await opened(browser, addressOf(index), 1);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await mapOpened(page));
  row(`open the map of ${name}, ungrouped`, median(times), 'ms', 150);
  const frames: { p95: number; worst: number; dropped: number }[] = [];
  for (let run = 0; run < runs; run++) frames.push(await panned(page));
  row('pan and zoom 5 s, work of a frame, p95', median(frames.map(({ p95 }) => p95)), 'ms', 8);
  row('pan and zoom 5 s, work of a frame, worst', median(frames.map(({ worst }) => worst)), 'ms', 16.7);
  row('pan and zoom 5 s, frames dropped', median(frames.map(({ dropped }) => dropped)), '%', 1);
  row('hover, lit up', await hovered(page), 'ms', 8);
  row('heap with the map open', await heapOf(page), 'MB', 60, await heapOfDbt(browser, dbt));
  await page.context().close();
}

/** dbt's draws no map of so many nodes: its heap is that of the overview. */
async function heapOfDbt(browser: Browser, dbt: string | undefined): Promise<number | undefined> {
  if (dbt === undefined) return undefined;
  const page = await opened(browser, addressOf(dbt), 1);
  await page.waitForTimeout(5000);
  const heap = await heapOf(page);
  await page.context().close();
  return heap;
}

async function mapOpened(page: Page): Promise<number> {
  await page.evaluate(() => {
    location.hash = '#!/overview';
  });
  await page.waitForTimeout(200);
  return page.evaluate(
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
  );
}
