import { readFileSync } from 'node:fs';
import { maskTexts } from './observe.ts';

/** The keys of an artifact; members of maps by unique_id stand for one another. */
export function shapeOf(path: string, folder: string): unknown {
  const data = JSON.parse(readFileSync(path, 'utf8').replace(/\b(?:NaN|-?Infinity)\b/g, 'null')) as unknown;
  if (path.endsWith('run_results.json')) return resultsShape(data as RunResults, folder);
  return [...new Set(keysOf(data, ''))].sort();
}

interface RunResults {
  readonly metadata: object;
  readonly args: Readonly<Record<string, unknown>>;
  readonly results: readonly (Readonly<Record<string, unknown>> & {
    readonly unique_id: string;
    readonly timing: readonly { name: string }[];
  })[];
}

function resultsShape({ metadata, args, results }: RunResults, folder: string): unknown {
  const mask = (value: unknown): unknown => JSON.parse(maskTexts(JSON.stringify(value ?? null), folder));
  return {
    metadata: Object.keys(metadata).sort(),
    args: Object.fromEntries(
      Object.entries(args)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, mask(value)]),
    ),
    results: results
      .map(({ unique_id, status, failures, relation_name, compiled, timing, message, ...more }) => ({
        unique_id,
        status,
        failures,
        relation_name,
        compiled,
        message: status === 'error' ? 'error' : mask(message),
        timing: timing.map(({ name }) => name),
        keys: Object.keys(more).sort(),
      }))
      .sort((a, b) => (a.unique_id < b.unique_id ? -1 : 1)),
  };
}

const DEPTH = 4;

function keysOf(value: unknown, path: string, depth = 0): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, `${path}[]`, depth));
  if (typeof value !== 'object' || value === null || depth === DEPTH) return [path];
  return Object.entries(value).flatMap(([key, one]) =>
    keysOf(one, `${path}/${key.includes('.') ? '*' : key}`, depth + 1),
  );
}
