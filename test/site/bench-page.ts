import type { Browser, Page } from 'playwright-core';

/** A page in a browser that is `slower` times slower than it is. */
export async function opened(browser: Browser, url: string, slower: number): Promise<Page> {
  const page = await (
    await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' })
  ).newPage();
  page.setDefaultTimeout(90_000);
  if (slower > 1)
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(url);
  return page;
}

/** Milliseconds to the first paint, and until there is something to go to. */
export async function firstSight(browser: Browser, url: string): Promise<readonly [paint: number, words: number]> {
  const page = await opened(browser, url, 4);
  const words = await page
    .waitForFunction(() => document.links.length > 8 && performance.now(), undefined, { polling: 20 })
    .then((time) => time.jsonValue() as Promise<number>);
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
  );
  await page.context().close();
  return [paint, words];
}

/** Bytes of JavaScript in use, in millions. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1e6;
}

/** From the key to the painted list, for each letter of some names. */
export async function keys(page: Page): Promise<number> {
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
export async function panned(page: Page): Promise<{ p95: number; worst: number; dropped: number }> {
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

/** Points at boxes all over the picture, so near that each is met, and waits until what belongs to it is lit up. */
export async function hovered(page: Page): Promise<number> {
  await page.locator('.canvas').focus();
  await page.keyboard.press('f');
  for (let step = 0; step < 14; step++) await page.keyboard.press('+');
  await page.waitForTimeout(500);
  return page.evaluate(async () => {
    const box = document.querySelector<HTMLElement>('.canvas');
    const times: number[] = [];
    if (box === null) return Number.POSITIVE_INFINITY;
    const rect = box.getBoundingClientRect();
    for (let at = 0; at < 200; at++) {
      const began = performance.now();
      box.dispatchEvent(
        new PointerEvent('pointermove', {
          bubbles: true,
          pointerId: 2,
          clientX: rect.left + ((at * 137) % rect.width),
          clientY: rect.top + ((at * 71) % rect.height),
        }),
      );
      if (box.style.cursor === 'pointer') times.push(performance.now() - began);
      await new Promise((done) => requestAnimationFrame(done));
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  });
}
