import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteLiving } from '../../src/main/living.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tsdbt-living-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const note = (id: string): string => join(root, '.tsdbt/invocations', id);

it('knows the living, the dead and those it knows nothing of', () => {
  const own = noteLiving(root, 'own');
  expect(own.isDead('own')).toBe(false);
  expect(own.isDead('never-noted')).toBe(false);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const { host } = JSON.parse(readNote('own')) as { host: string };
  writeFileSync(note('gone'), JSON.stringify({ pid, host }));
  writeFileSync(note('elsewhere'), JSON.stringify({ pid, host: `${host}-other` }));
  writeFileSync(note('half'), '{"pid":');
  expect(['gone', 'elsewhere', 'half'].filter(own.isDead)).toEqual(['gone']);
});

it('leaves nothing behind, and clears notes of a day ago', () => {
  const own = noteLiving(root, 'own');
  writeFileSync(note('old'), '{}');
  utimesSync(note('old'), new Date(), new Date(Date.now() - 2 * 86_400_000));
  noteLiving(root, 'next').end(true);
  expect(existsSync(note('old'))).toBe(false);
  own.end(true);
  expect(readdirSync(join(root, '.tsdbt/invocations'))).toEqual([]);
});

it('an invocation that could not clear up is known to be over, though its process may go on', () => {
  const own = noteLiving(root, 'own');
  own.end(false);
  expect(noteLiving(root, 'next').isDead('own')).toBe(true);
});

function readNote(id: string): string {
  return readFileSync(note(id), 'utf8');
}
