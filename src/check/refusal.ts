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

/** Its own guess. */
export function hintOf({ text }: DatabaseErrorInfo): string | undefined {
  const meant = /Maybe you meant: \[(.*?)\]/.exec(text)?.[1];
  return meant === undefined ? undefined : `Maybe you meant ${meant.replaceAll(',', ' or ')}.`;
}
