/** How much of a statement stands before its first word: comments, blanks and opening brackets. */
export function leadingLength(sql: string): number {
  return /^(?:\s+|--[^\n]*(?:\n|$)|#[!\s][^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*/.exec(sql)?.[0].length ?? 0;
}

/** Makes or removes a database, which may be the one that other statements run in. */
export function isOfDatabase(sql: string): boolean {
  const start = leadingLength(sql);
  return /^(create|drop)\s+(database|schema)\b/i.test(sql.slice(start, start + 64));
}
