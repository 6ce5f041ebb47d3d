/** Statements that answer with rows. */
const READING = new Set(['select', 'with', 'show', 'describe', 'desc', 'exists', 'explain', 'check', 'values', 'from']);

/** The first word of a statement in lower case, after comments, blanks and opening brackets. */
export function leadingKeyword(sql: string): string {
  const start = leadingLength(sql);
  return /^[a-z]+/i.exec(sql.slice(start, start + 32))?.[0].toLowerCase() ?? '';
}

function leadingLength(sql: string): number {
  return /^(?:\s+|--[^\n]*(?:\n|$)|#[!\s][^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*/.exec(sql)?.[0].length ?? 0;
}

/** Makes or removes a database, which may be the one that other statements run in. */
export function isOfDatabase(sql: string): boolean {
  const start = leadingLength(sql);
  return /^(create|drop)\s+(database|schema)\b/i.test(sql.slice(start, start + 64));
}

/** Whether a statement only reads, so that its rows are wanted and running it twice does no harm. */
export function isReading(sql: string): boolean {
  const word = leadingKeyword(sql);
  // WITH may open an INSERT too. A text that merely mentions one is taken for writing: the careful side.
  return READING.has(word) && !(word === 'with' && /\binsert\s+into\b/i.test(sql));
}
