/** Everything that lies at most `depth` steps of `next` away; where one begins is in it only if a way leads back. */
export function reach(
  from: Iterable<string>,
  next: (id: string) => readonly string[],
  depth = Number.POSITIVE_INFINITY,
): Set<string> {
  const found = new Set<string>();
  let layer = [...from];
  for (let distance = 0; layer.length > 0 && distance < depth; distance++) {
    const following: string[] = [];
    for (const id of layer) {
      for (const neighbor of next(id)) {
        if (found.has(neighbor)) continue;
        found.add(neighbor);
        following.push(neighbor);
      }
    }
    layer = following;
  }
  return found;
}
