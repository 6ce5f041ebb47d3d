import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite } from '../../src/docs/index.ts';
import { ATTACKS } from '../docs/attacks.ts';
import { sampleProject } from '../docs/sample-project.ts';
import { PAGES, TABS } from './pages.ts';
import { hasChromium, launch, serveBelow, settled, show, type Written, watch, writeSample } from './support.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.runIf(hasChromium)('the site in Chromium', () => {
  let browser: Browser;
  let site: Written;
  let model: string;

  beforeAll(async () => {
    browser = await launch();
    const input = sampleProject({ models: 60 });
    model = Object.keys((input.manifest as { nodes: object }).nodes)
      .filter((id) => id.startsWith('model.'))
      .at(-1) as string;
    site = await writeSample(input);
  });
  afterAll(async () => {
    await browser?.close();
    site?.remove();
  });

  const all = (): string[] => [...PAGES, ...TABS.map((tab) => `#!/model/${model}?tab=${tab}`)];

  it.each(['file', 'sub-path', 'static'])(
    'shows every page without an error or a request elsewhere: %s',
    async (how) => {
      const server = await serveBelow(site.folder, '/sub/path');
      const base = how === 'file' ? site.index : how === 'static' ? site.single : `${server.url}/index.html`;
      const { page, faults, close } = await watch(
        browser,
        how === 'sub-path' ? server.url : how === 'file' ? site.index.replace(/index\.html$/, '') : site.single,
        { offline: how !== 'sub-path' },
      );
      for (const hash of all()) {
        await show(page, base, hash);
        expect(await page.locator('main h1').first().textContent(), hash).not.toBe('');
        expect(await page.locator('.problem').allTextContents(), hash).toEqual([]);
      }
      expect(faults).toEqual([]);
      await close();
      server.close();
    },
  );

  it.each(['light', 'dark'] as const)('has no fault that axe finds, on any page: %s', async (colorScheme) => {
    const { page, close } = await watch(browser, 'file:', { colorScheme, bypassCSP: true });
    for (const hash of all()) {
      await show(page, site.index, hash);
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary.slice(0, 300)}`,
        );
      });
      expect(found, hash).toEqual([]);
    }
    await close();
  });

  it('runs no script of the project, whatever its texts hold', async () => {
    let turn = 0;
    const attacked = await writeSample(
      sampleProject({ models: 24, text: () => ATTACKS[turn++ % ATTACKS.length] as string }),
    );
    const nodes = Object.keys((sampleProject({ models: 24 }).manifest as { nodes: object }).nodes);
    for (const base of [attacked.index, attacked.single]) {
      const { page, faults, close } = await watch(browser, 'file:');
      for (const hash of [
        ...PAGES,
        ...nodes.flatMap((id) => TABS.slice(0, 3).map((tab) => `#!/${id.split('.')[0]}/${id}?tab=${tab}`)),
        ...ATTACKS.map(
          (one) => `#!/${encodeURIComponent(one)}/${encodeURIComponent(one)}?tab=${encodeURIComponent(one)}`,
        ),
      ]) {
        await show(page, base, hash);
      }
      await page.keyboard.press('/');
      for (const attack of ATTACKS.slice(0, 5)) await page.locator('input[type=search]').first().fill(attack);
      expect(await page.evaluate(() => (globalThis as unknown as { __xss?: number }).__xss)).toBeUndefined();
      expect(faults).toEqual([]);
      expect(await page.locator('iframe, object, form[action], base, main img').count()).toBe(0);
      await close();
    }
    attacked.remove();
  });

  it('shows a run while it goes on, where `docs serve` tells of it', async () => {
    const live = join(site.folder, 'live.jsonl');
    const server = await serveSite({ folder: site.folder, host: '127.0.0.1', port: 0, live });
    const { page, faults, close } = await watch(browser, server.url, { reducedMotion: 'no-preference' });
    await page.goto(`${server.url}/#!/graph`);
    await settled(page);
    expect(await page.locator('.live').textContent()).toBe('');
    const head = {
      run: 'r',
      command: 'tsdbt build',
      target: 't',
      threads: 2,
      nodes: [model, 'model.shop.gone'],
      pid: process.pid,
    };
    writeFileSync(
      live,
      `${JSON.stringify({ ...head, startedAt: new Date().toISOString() })}\n["start","${model}",5]\n`,
    );
    await expect.poll(() => page.locator('.live').textContent()).toMatch(/^tsdbt build is running · 0 of 2/);
    await page.locator('.live a').click();
    await expect.poll(() => page.locator('main h1').textContent()).toBe('Running now');
    await expect.poll(() => page.locator('main tbody').textContent()).toContain('running');
    appendFileSync(live, `["end","${model}",900,"error","<b>no</b>"]\n["over",950]\n`);
    await expect.poll(() => page.locator('p.live').textContent()).toMatch(/has ended · 1 of 2 · 1 failed/);
    expect(await page.locator('main tbody').textContent()).toContain('<b>no</b>');
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThanOrEqual(1);
    const again = readFileSync(join(site.folder, 'index.html'));
    rmSync(join(site.folder, 'index.html'));
    writeFileSync(join(site.folder, 'index.html'), again);
    await page.getByRole('button', { name: 'made anew' }).click();
    await settled(page);
    expect(await page.locator('main h1').textContent()).toBe('Running now');
    expect(faults).toEqual([]);
    await close();
    await server.close();
  });

  it('lists the project where there is no JavaScript', async () => {
    const { page, close } = await watch(browser, 'file:', { javaScriptEnabled: false });
    await page.goto(site.index);
    expect(await page.locator('noscript tbody tr, main.plain tbody tr').count()).toBeGreaterThan(60);
    expect(
      await page
        .locator('main.plain tbody tr', { hasText: model.split('.').at(-1) as string })
        .first()
        .isVisible(),
    ).toBe(true);
    await close();
  });

  it('says so where a part is missing or damaged, and shows the rest', async () => {
    const broken = await writeSample(sampleProject({ models: 60 }));
    const folder = join(broken.folder, 'site');
    for (const name of readdirSync(folder)) {
      if (name.startsWith('node-0')) rmSync(join(folder, name));
      if (name.startsWith('node-1')) writeFileSync(join(folder, name), 'T("node-1","bm90IGRlZmxhdGVk")');
      if (name.startsWith('runs.')) writeFileSync(join(folder, name), 'nonsense(');
    }
    const { page, close } = await watch(browser, 'file:');
    const nodes = await page.goto(broken.index).then(() => page.evaluate(() => 0));
    expect(nodes).toBe(0);
    await show(page, broken.index, `#!/model/${model}`);
    await show(page, broken.index, '#!/source_list/raw');
    await page.locator('.grid tbody a').first().click();
    await expect.poll(() => page.locator('.problem').textContent()).toMatch(/is missing beside this page/);
    expect(await page.locator('h1').first().textContent()).not.toBe('');
    await show(page, broken.index, '#!/runs');
    await expect.poll(() => page.locator('.problem').textContent()).toMatch(/is damaged/);
    await close();
    broken.remove();
  });

  it.each([
    ['no artifacts at all', { manifest: undefined }],
    ['a manifest that is none', { manifest: [1, 2, 'x'] }],
    ['a project without models', sampleProject({ models: 0 })],
    [
      'fields of other types',
      {
        manifest: {
          metadata: 3,
          nodes: {
            a: null,
            b: { resource_type: 7, name: {} },
            c: { resource_type: 'model', name: 'c', depends_on: 4, columns: 'x', config: [], tags: 'y', fqn: 1 },
          },
          docs: 'x',
        },
        catalog: 'x',
        runResults: 4,
        runs: [null, {}, { format: 9 }, { format: 1, invocation_id: 'a', nodes: ['x'], results: 3 }],
        jobs: 'x',
        sources: [],
      },
    ],
    [
      'folders that read each other in circles',
      {
        manifest: {
          nodes: Object.fromEntries(
            Array.from({ length: 200 }, (_, at) => [
              `model.p.m${at}`,
              {
                resource_type: 'model',
                name: `m${at}`,
                unique_id: `model.p.m${at}`,
                package_name: 'p',
                original_file_path: `models/f${at % 3}/m${at}.sql`,
                depends_on: { nodes: at === 0 ? [] : [`model.p.m${at - 1}`] },
              },
            ]),
          ),
        },
      },
    ],
    [
      'names in any script, and 1 MB of words',
      {
        manifest: {
          nodes: {
            'model.p.模型_ö_\u202e': {
              resource_type: 'model',
              name: '模型_ö_\u202e',
              unique_id: 'model.p.模型_ö_\u202e',
              package_name: 'p',
              description: 'wort '.repeat(200_000),
              original_file_path: 'models/ордер/файл.sql',
              depends_on: { nodes: ['model.p.模型_ö_\u202e'] },
            },
          },
        },
      },
    ],
  ])('shows a page for %s', async (_, input) => {
    const odd = await writeSample({
      project: 'p',
      target: 't',
      toolVersion: '0',
      options: { sql: true, compiled: true },
      ...input,
    });
    const { page, faults, close } = await watch(browser, 'file:');
    for (const hash of PAGES) {
      await show(page, odd.index, hash);
      expect(await page.locator('main h1').first().textContent(), hash).not.toBe('');
    }
    expect(faults).toEqual([]);
    await close();
    odd.remove();
  });

  it('follows dbt’s old links', async () => {
    const { page, close } = await watch(browser, 'file:');
    const name = model.split('.').at(-1) as string;
    const links: readonly (readonly [string, string | RegExp])[] = [
      [`#!/model/${model}`, name],
      [`#!/model/${model}#code`, name],
      [`#!/model/${model}#columns`, name],
      [`#!/model/${model}?g_v=1`, 'Lineage'],
      [`#!/model/${model}?g_v=1&g_i=%2B${name}%2B1&g_e=tag:daily`, 'Lineage'],
      ['#!/overview', 'shop'],
      ['#!/overview/shop', 'shop'],
      ['#!/overview?g_v=1', 'Lineage'],
      ['#!/source_list/raw', 'Source raw'],
      [`#!/source/source.shop.raw.${await firstSource()}`, /./],
      ['#!/exposure/exposure.shop.dashboard', 'dashboard'],
      ['#!/macro/macro.shop.money', 'money'],
    ];
    for (const [hash, title] of links) {
      await page.goto('about:blank');
      await show(page, site.index, hash);
      expect(await page.locator('main h1').first().textContent(), hash).toMatch(title);
    }
    await close();
  });

  async function firstSource(): Promise<string> {
    const manifest = sampleProject({ models: 60 }).manifest as { sources: Record<string, { name: string }> };
    return Object.values(manifest.sources)[0]?.name ?? '';
  }

  it('is used by keyboard alone: search, open, lineage, list, back', async () => {
    const { page, faults, close } = await watch(browser, 'file:');
    await show(page, site.index, '#!/overview');
    const name = model.split('.').at(-1) as string;
    await page.keyboard.press('/');
    await page.keyboard.type(name.slice(0, -1));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('main h1').textContent()).toBe(name);
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await expect.poll(() => page.url()).toContain('#!/graph');
    await show(page, site.index, `#!/graph?focus=${model}`);
    await page.locator('.canvas').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.canvas [role=status]').textContent()).not.toBe('');
    const there = await page.locator('.canvas [role=status]').textContent();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('main h1').first().textContent()).toBe(there);
    await page.goBack();
    await expect.poll(() => page.locator('.canvas').count()).toBe(1);
    await settled(page);
    await page.keyboard.press('v');
    await expect.poll(() => page.locator('.list-view tbody tr').count()).toBeGreaterThan(1);
    expect(faults).toEqual([]);
    await close();
  });

  it('shows columns in the boxes, and what makes one of another on its line of the template', async () => {
    const { page, faults, close } = await watch(browser, 'file:');
    await show(page, site.index, `#!/graph?focus=${model}`);
    await page.keyboard.press('c');
    await expect.poll(() => page.url()).toContain('cols=1');
    await settled(page);
    const canvas = page.locator('.canvas');
    const { x, y, width, height } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    // Left of the box in the middle, ways come in: clicks go down there, past the boxes, until one is met.
    for (let at = 0; at < 300 && (await page.locator('.way').count()) === 0; at++) {
      await page.mouse.move(
        x + width * (0.42 - 0.03 * Math.floor(at / 75)),
        y + height * (0.1 + (0.8 * (at % 75)) / 75),
      );
      if (await canvas.evaluate((box) => box.style.cursor === 'grab'))
        await page.mouse.down().then(() => page.mouse.up());
    }
    expect(await page.locator('.way').textContent()).toMatch(/^\S+\.\S+ (value|window) of \S+\.\S+ /);
    await page.locator('.way a').click();
    await expect.poll(() => page.url()).toContain('tab=sql&line=');
    await expect.poll(() => page.locator('.code .line.on').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });

  it('leads from a column to the table in Postgres', async () => {
    const { page, close } = await watch(browser, 'file:');
    await show(page, site.index, '#!/sync/sync.shop.push?tab=columns');
    const column = page.locator('.grid tbody th a').first();
    const name = await column.textContent();
    await column.click();
    await expect.poll(() => page.locator('.trace a').first().textContent()).toContain(`.${name}`);
    await close();
  });

  it('has a small map where not all of the large one is in sight', async () => {
    const { page, close } = await watch(browser, 'file:');
    await show(page, site.index, '#!/graph?group=none');
    const minimap = page.locator('.minimap');
    expect(await minimap.isVisible()).toBe(false);
    await page.locator('.canvas').hover();
    await page.mouse.wheel(0, -3000);
    await expect.poll(() => minimap.isVisible()).toBe(true);
    await minimap.click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('f');
    await close();
  });

  it('has the same nodes in the list as on the map, and says what selectors find', async () => {
    const { page, close } = await watch(browser, 'file:');
    await show(page, site.index, `#!/graph?g_i=%2B${model.split('.').at(-1)}&view=list`);
    const rows = await page.locator('.list-view tbody tr').count();
    const said = await page.locator('.graph-foot').textContent();
    expect(said).toContain(`${rows} node`);
    await show(page, site.index, '#!/graph?g_i=no_such_method:x');
    expect(await page.locator('.problem').textContent()).toContain("'no_such_method' is not a valid method name");
    await show(page, site.index, '#!/graph?g_i=no_such_model');
    expect(await page.locator('.problem').textContent()).toContain('no_such_model');
    await close();
  });

  it('fits 320 pixels without a scrollbar to the side, and prints', async () => {
    const { page, close } = await watch(browser, 'file:', { viewport: { width: 320, height: 640 } });
    for (const hash of all()) {
      await show(page, site.index, hash);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(320);
      expect(
        await page.evaluate(() => {
          const main = document.querySelector('main');
          return main === null ? 0 : main.scrollWidth - main.clientWidth;
        }),
        hash,
      ).toBeLessThanOrEqual(1);
    }
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    await close();
  });

  it('copies, and gives the map as Mermaid, SVG and PNG', async () => {
    const { page, faults, close } = await watch(browser, 'file:', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await show(page, site.index, `#!/graph?focus=${model}`);
    await page.getByRole('button', { name: 'Mermaid' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^flowchart LR\n/);
    for (const kind of ['SVG', 'PNG']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: kind }).click(),
      ]);
      const bytes = readFileSync(await download.path());
      expect(bytes.toString('latin1', 0, 5)).toContain(kind === 'SVG' ? '<svg' : 'PNG');
    }
    expect(faults).toEqual([]);
    await close();
  });
});
