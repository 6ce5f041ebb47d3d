import { parseDuration } from '../../util/definitions.ts';
import type { Post } from '../post/types.ts';

/** What a file's defaults may say for all posts. */
export interface Sending {
  readonly to?: string | undefined;
  readonly batch?: number | undefined;
  readonly rate?: string | undefined;
  readonly limit?: number | undefined;
  readonly tries?: number | undefined;
  readonly answer?: string | number | undefined;
}

/** A post as the schema lets it through. */
export interface PostEntry extends Sending {
  readonly rows: string;
  readonly key: string | readonly string[];
  readonly path?: string | undefined;
  readonly name?: string | undefined;
}

const COMMON = { path: '/', batch: 100, limit: 10_000, tries: 5, answer: '30 s' } as const;

/** A post with its file's defaults, and ours below them; named like its job. `to` is '' where nobody says it. */
export function resolvePost(entry: PostEntry, defaults: Sending, job: string): Post {
  const {
    rows,
    key,
    path,
    name = job,
    to = '',
    rate,
    batch,
    limit,
    tries,
    answer,
  } = { ...COMMON, ...defaults, ...entry };
  return {
    name,
    rows,
    key: typeof key === 'string' ? key.trim().split(/[\s,]+/) : key,
    to,
    path,
    batch,
    rate: rate === undefined ? undefined : parseRate(rate),
    limit,
    tries,
    answer: parseDuration(answer)!,
  };
}

export function isRate(text: string): boolean {
  return parseRate(text) !== undefined;
}

/** Rows a second of `300 / min`. */
function parseRate(text: string): number | undefined {
  const [rows, per, ...more] = text.split('/');
  const seconds = parseDuration(/^\s*\d/.test(per ?? '') ? per! : `1 ${(per ?? '').trim()}`);
  const rate = Number(rows) / (seconds ?? 0);
  return more.length === 0 && Number.isFinite(rate) && rate > 0 ? rate : undefined;
}
