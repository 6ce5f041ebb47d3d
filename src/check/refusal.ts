import type { DatabaseErrorInfo } from '../adapter/index.ts';

/** What the engine says, without the query it says it of. */
export function messageOf({ number, name, text }: DatabaseErrorInfo): string {
  const short = text
    .replace(/[.:]?\s*\b[Ii]n (?:scope|query):? \(?(?:WITH|SELECT)\b[\s\S]*$/, '')
    .replace(/\.? ?Maybe you meant: \[.*?\]/, '')
    .replace(/\. Expected one of: [\s\S]*$/, '')
    .replace(/, required columns: .*$/, '');
  return `${short.trim().replace(/[.:]$/, '')} (ClickHouse ${number} ${name})`;
}

const ELSEWHERE = 'Where the server has it as a function of its own, `tsdbt check --pull` notes it.';

/** Its own guess. */
export function hintOf({ text, name }: DatabaseErrorInfo): string | undefined {
  const meant = /Maybe you meant: \[(.*?)\]/.exec(text)?.[1];
  if (meant === undefined && name === 'UNKNOWN_FUNCTION') return ELSEWHERE;
  return meant === undefined ? undefined : `Maybe you meant ${meant.replaceAll(',', ' or ')}.`;
}
