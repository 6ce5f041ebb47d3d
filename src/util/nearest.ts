/** The known name a mistyped one was most likely meant to be; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  const limit = Math.floor(name.length / 3);
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const cost = distance(name, candidate, least);
    if (cost < least) [best, least] = [candidate, cost];
  }
  return best;
}

const SHOWN = 8;

/** For a message about a name that is not there: all names where they are few, else those most like it. */
export function namesLike(names: readonly string[], wanted: string): string {
  if (names.length <= SHOWN) return `There are: ${names.join(', ')}.`;
  const near = names
    .map((name) => ({ name, steps: distance(name, wanted) }))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3);
  return `Of ${names.length}, the most like it: ${near.map(({ name }) => name).join(', ')}.`;
}

/** Edits from one word to the other (insert, delete, replace); gives up once it must be `limit` or more. */
function distance(from: string, to: string, limit = Number.POSITIVE_INFINITY): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next[j] = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return row[to.length] ?? limit;
}
