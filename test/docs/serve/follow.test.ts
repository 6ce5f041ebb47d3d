import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SiteServer, serveSite } from '../../../src/docs/index.ts';

let folder: string;
let site: SiteServer;
const live = (): string => join(folder, 'live.jsonl');
const head = (pid = process.pid): string => JSON.stringify({ run: 'r', nodes: ['model.p.a', 'model.p.b'], pid });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tsdbt-follow-'));
  writeFileSync(join(folder, 'index.html'), 'site');
  site = await serveSite({ folder, host: '127.0.0.1', port: 0, live: live() });
});

afterEach(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/** An open page: everything it was told so far. */
function open(headers: Record<string, string> = {}): Promise<{ told(): string; status: number; isOver(): boolean }> {
  return new Promise((resolve, reject) => {
    request(`${site.url}/events`, { headers }, (response) => {
      let told = '';
      let isOver = false;
      response.on('data', (text: Buffer) => {
        told += text.toString();
      });
      response.on('close', () => {
        isOver = true;
      });
      resolve({ told: () => told, status: response.statusCode ?? 0, isOver: () => isOver });
    })
      .on('error', reject)
      .end();
  });
}

describe('an open page', () => {
  it('learns of a run from its beginning to its end, line by line', async () => {
    const page = await open();
    expect(page.status).toBe(200);
    writeFileSync(live(), `${head()}\n["start","model.p.a",5]\n["end","mod`);
    await vi.waitFor(() => expect(page.told()).toContain(`event: run\ndata: [${head()},["start","model.p.a",5]]\n\n`));
    expect(page.told()).not.toContain('["end"');
    appendFileSync(live(), 'el.p.a",9,"success","ö"]\nbroken\n["over",12]\n');
    await vi.waitFor(() =>
      expect(page.told()).toContain('event: lines\ndata: [["end","model.p.a",9,"success","ö"],["over",12]]\n\n'),
    );
  });

  it('that comes later learns what was before; of a run that is over, nothing', async () => {
    writeFileSync(live(), `${head()}\n["start","model.p.a",5]\n`);
    const first = await open();
    await vi.waitFor(() => expect(first.told()).toContain('event: run'));
    appendFileSync(live(), '["over",12]\n');
    await vi.waitFor(() => expect(first.told()).toContain('["over",12]'));
    const second = await open();
    await vi.waitFor(() => expect(second.told()).toContain('retry'));
    writeFileSync(`${live()}.new`, '');
    expect(second.told()).not.toContain('event: run');
  });

  it('is told that a run is over whose process is gone', async () => {
    // No process has this number: the largest there can be is far below.
    const page = await open();
    writeFileSync(live(), `${head(2 ** 30)}\n["start","model.p.a",5]\n`);
    await vi.waitFor(() => expect(page.told()).toContain('event: lines\ndata: [["over",0]]'), 5000);
  });

  it('learns that the documentation was made anew', async () => {
    const page = await open();
    await vi.waitFor(() => expect(page.told()).toContain('retry'));
    rmSync(join(folder, 'index.html'));
    writeFileSync(join(folder, 'index.html'), 'site');
    await vi.waitFor(() => expect(page.told()).toContain('event: changed'), 5000);
  });

  it('elsewhere is told nothing: another name, another method', async () => {
    expect((await open({ host: 'evil.example' })).status).toBe(403);
    const status = await new Promise((resolve) => {
      request(`${site.url}/events`, { method: 'POST' }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(405);
  });

  it('ends with the server', async () => {
    const page = await open();
    await site.close();
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    site = await serveSite({ folder, host: '127.0.0.1', port: 0 });
    // Where nothing is followed, there is no such page.
    expect((await open()).status).toBe(404);
  });
});
