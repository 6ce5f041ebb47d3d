/**
 * Which line of the compiled SQL each line of the template became, and back: lines that are the same text in the same order are
 * anchors (longest increasing run), what lies between two anchors belongs together. Lines from 0.
 */
export interface LineLinks {
  readonly toCompiled: readonly (readonly [from: number, to: number])[];
  readonly toRaw: readonly (readonly [from: number, to: number])[];
}

export function linkLines(raw: readonly string[], compiled: readonly string[]): LineLinks {
  const anchors = anchorsOf(raw, compiled);
  const toCompiled: [number, number][] = raw.map(() => [0, 0]);
  const toRaw: [number, number][] = compiled.map(() => [0, 0]);
  let [a, b] = [0, 0];
  for (const [x, y] of [...anchors, [raw.length, compiled.length] as const]) {
    for (let line = a; line < x; line++) toCompiled[line] = [b, y];
    for (let line = b; line < y; line++) toRaw[line] = [a, x];
    if (x < raw.length) toCompiled[x] = [y, y + 1];
    if (y < compiled.length) toRaw[y] = [x, x + 1];
    a = x + 1;
    b = y + 1;
  }
  return { toCompiled, toRaw };
}

/** Lines that stand once in both texts, as the longest list that rises in both. */
function anchorsOf(raw: readonly string[], compiled: readonly string[]): [number, number][] {
  const once = (lines: readonly string[]): Map<string, number> => {
    const found = new Map<string, number>();
    lines.forEach((line, at) => {
      const key = line.trim();
      if (key !== '') found.set(key, found.has(key) ? -1 : at);
    });
    return found;
  };
  const there = once(compiled);
  const pairs = [...once(raw)].flatMap(([key, at]): [number, number][] => {
    const to = there.get(key) ?? -1;
    return at >= 0 && to >= 0 ? [[at, to]] : [];
  });
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, to], at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[1] < to) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = tails[low - 1] as number;
    tails[low] = at;
  });
  const run: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) run.push(pairs[at] as [number, number]);
  return run.reverse();
}
