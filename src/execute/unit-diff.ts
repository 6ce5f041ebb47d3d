/**
 * The difference of two tables as dbt's users know it from daff: `@@` heads the columns, `+++` a row too many,
 * `---` a row missing, `→` a row with `expected→actual` cells. Null when the tables hold the same rows.
 */
export function diffRows(
  columns: readonly string[],
  expected: readonly (readonly string[])[],
  actual: readonly (readonly string[])[],
): string | null {
  const missing = without(expected, actual);
  const extra = without(actual, expected);
  if (missing.length === 0 && extra.length === 0) return null;
  const lines: string[][] = [['@@', ...columns]];
  for (const row of missing) {
    const twin = nearest(row, extra);
    if (twin === undefined) {
      lines.push(['---', ...row]);
      continue;
    }
    extra.splice(extra.indexOf(twin), 1);
    lines.push(['→', ...row.map((cell, index) => (cell === twin[index] ? cell : `${cell}→${twin[index]}`))]);
  }
  for (const row of extra) lines.push(['+++', ...row]);
  return table(lines);
}

/** The rows of `left` that `right` does not have, each as often as it is missing. */
function without(left: readonly (readonly string[])[], right: readonly (readonly string[])[]): (readonly string[])[] {
  const counts = new Map<string, number>();
  for (const row of right) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return left.filter((row) => {
    const count = counts.get(key(row)) ?? 0;
    if (count > 0) counts.set(key(row), count - 1);
    return count === 0;
  });
}

const key = (row: readonly string[]): string => JSON.stringify(row);

/** A row that agrees in at least half of its cells is taken for the same row, changed. */
function nearest(row: readonly string[], others: readonly (readonly string[])[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let bestScore = row.length / 2;
  for (const other of others) {
    const score = row.filter((cell, index) => cell === other[index]).length;
    if (score >= bestScore && score > 0) [best, bestScore] = [other, score];
  }
  return best;
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}
