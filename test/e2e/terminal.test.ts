import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN } from './checkout.ts';
import { type SmallProject, smallProject } from './small-project.ts';

/** util-linux's `script` gives a program a terminal of its own; other systems' take other options. */
const HAS_TERMINAL = /util-linux/.test(String(spawnSync('script', ['--version']).stdout));
if (!HAS_TERMINAL) console.log("skipped: a pseudo-terminal needs util-linux's script, which is not here");

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';
const UPDATE = '\u001b[?2026h';

let project: SmallProject;

beforeAll(async () => {
  project = await smallProject({
    'models/slow.sql':
      "{{ config(materialized='table') }}\nselect sleepEachRow(0.1) as x from numbers(50) settings max_block_size = 1",
    'models/slower.sql':
      "{{ config(materialized='table') }}\nselect sleepEachRow(0.1) as x from numbers(40) settings max_block_size = 1",
    'models/wrong.sql': "select\n  nope\nfrom {{ ref('slow') }}",
    'models/after.sql': "select * from {{ ref('wrong') }}",
  });
}, 120_000);

afterAll(() => project?.remove(), 60_000);

interface Shown {
  readonly code: number | null;
  readonly text: string;
  readonly seconds: number;
}

/** A build on a terminal of 100 columns; `during` is called at each piece of output until it says that it has done what it does. */
function build(
  during: (text: string, child: { key: (text: string) => void; pid: () => number }) => boolean,
): Promise<Shown> {
  const pidFile = join(project.dir, 'pid');
  const command = `stty cols 100 rows 40; echo $$ > ${pidFile}; exec '${process.execPath}' '${BIN}' build`;
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:CI|GITHUB_ACTIONS|AI_AGENT|CLAUDECODE|CODEX_SANDBOX|NO_COLOR|TSDBT_PROGRESS)$/.test(name),
  );
  const env = { ...Object.fromEntries(kept), TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', TSDBT_PROGRESS: 'auto' };
  const began = performance.now();
  const child = spawn('script', ['-qfec', command, '/dev/null'], { cwd: project.dir, env });
  let text = '';
  let done = false;
  child.stdout.on('data', (piece) => {
    text += piece;
    if (done) return;
    done = during(text, {
      key: (key) => void child.stdin.write(key),
      pid: () => Number(readFileSync(pidFile, 'utf8')),
    });
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, text, seconds: (performance.now() - began) / 1000 }));
  });
}

const isRunning = (text: string): boolean => /s {2}slow +table/.test(text);

describe.runIf(HAS_TERMINAL)('on a terminal', () => {
  it('what runs is shown below the lines, problems come as frames, and the region is gone at the end', async () => {
    const { code, text, seconds } = await build(() => true);
    expect(code).toBe(1);
    // The longest first, with the rows that the server has read.
    expect(text).toMatch(/ {2}0\/\d {3}0 ok {2}0 warn {2}0 error/);
    expect(text).toMatch(/s {2}slow(?:er)? +table {3}\d+ (?:of \d+ )?rows/);
    expect(text).toMatch(/tsdbt \S+ \(dbt 1\.12\.6\) {2}target dev {2}clickhouse [\d.]+ private {2}4 threads/);
    expect(text).toMatch(/Parsed 4 models in \d\.\d\ds \(4 files changed\)/);
    expect(text).toContain('waiting: 2 on slow');
    expect(text).toMatch(/of 4 OK created sql table model `main`.`slow`/);
    expect(text).not.toContain('START sql');
    expect(text).toMatch(/error.*model wrong:/);
    expect(text).toContain('models/wrong.sql:2:3');
    expect(text).toMatch(/2 \| +nope\r\n/);
    expect(text).toContain('compiled  target/compiled/small/models/wrong.sql');
    expect(text).toContain('skipped   1 node downstream: after');
    expect(text).toMatch(/critical path 0:\d\d: slow > wrong/);
    expect(text).toContain('tsdbt retry');
    expect(text.lastIndexOf(SHOW)).toBeGreaterThan(text.lastIndexOf(HIDE));
    // Ten drawings a second, and one for each line above them.
    const lines = text.match(/\n/g)!.length;
    expect(text.split(UPDATE).length).toBeLessThan(10 * seconds + lines);
  }, 60_000);

  it('the next time it knows how long each takes', async () => {
    const { text } = await build((shown, { key }) => {
      if (!/left/.test(shown)) return false;
      key('\u0003');
      return true;
    });
    expect(text).toMatch(/~0:\d\d left/);
  }, 60_000);

  it.each<[string, (child: { key: (text: string) => void; pid: () => number }) => void]>([
    ['Ctrl-C', ({ key }) => key('\u0003')],
    ['kill -TERM', ({ pid }) => void process.kill(pid(), 'SIGTERM')],
    ['kill -HUP', ({ pid }) => void process.kill(pid(), 'SIGHUP')],
  ])(
    'the cursor is back after %s',
    async (_, act) => {
      const { code, text } = await build((shown, child) => {
        if (!isRunning(shown)) return false;
        act(child);
        return true;
      });
      expect(code).toBe(2);
      expect(text).toContain('Exited because of keyboard interrupt');
      expect(text.lastIndexOf(SHOW)).toBeGreaterThan(text.lastIndexOf(HIDE));
      expect(existsSync(join(project.dir, 'target/run_results.json'))).toBe(true);
    },
    60_000,
  );
});
