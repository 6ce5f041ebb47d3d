/** `1 model`, `2 models`, `3 analyses`, `2 saved queries`: counts as dbt prints them, underscores become blanks. */
export function plural(count: number, word: string): string {
  const name = word.replaceAll('_', ' ');
  if (count === 1) return `1 ${name}`;
  if (name === 'analysis') return `${count} analyses`;
  return `${count} ${name.endsWith('query') ? `${name.slice(0, -1)}ie` : name}s`;
}
