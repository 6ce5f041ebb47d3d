const SHOWN = 8;

/** For a message about a name that is not there: all names where they are few, else those most like it. */
export function namesLike(names: readonly string[], wanted: string): string {
  if (names.length <= SHOWN) return `There are: ${names.join(', ')}.`;
  const near = names
    .map((name) => ({ name, steps: editsBetween(name, wanted) }))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3);
  return `Of ${names.length}, the most like it: ${near.map(({ name }) => name).join(', ')}.`;
}

/** Letters to add, drop or change on the way from one text to the other. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length]!;
}
