import { randomUUID } from 'node:crypto';
import type { Invocation } from '../model/index.ts';
import { clockOf } from './clock.ts';
import type { LoadInput } from './input.ts';

/** How dbt names these commands in artifacts and to templates. */
const LAST_WORDS: Readonly<Record<string, string>> = { 'docs generate': 'generate', 'source freshness': 'freshness' };

export function invocationOf(input: LoadInput): Invocation {
  const now = clockOf(input.env, input.now ?? new Date());
  return {
    id: input.invocationId ?? randomUUID(),
    startedAt: now.toISOString().replace('Z', '000Z'),
    now,
    which: LAST_WORDS[input.which] ?? input.which,
    command: ['dbt', ...input.argv].join(' '),
  };
}
