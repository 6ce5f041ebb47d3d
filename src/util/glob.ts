/** Files that a pattern means, absolute, sorted. */
export async function filesMatching(pattern: string, cwd: string): Promise<readonly string[]> {
  const { default: glob } = await import('fast-glob');
  return (await glob(pattern, { cwd, absolute: true })).sort();
}
