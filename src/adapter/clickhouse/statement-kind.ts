const LEADING = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|#![^\n]*(?:\n|$))+/;

/** A statement's text without the comments and white space before its first word. */
export function withoutLeadingComments(sql: string): string {
  return sql.replace(LEADING, '');
}

/** Leaves something in the session that later statements of the node must see. */
export function changesSession(sql: string): boolean {
  return /^(set|use|create\s+(or\s+replace\s+)?temporary)\b/i.test(withoutLeadingComments(sql));
}

/** Cannot change the columns of any relation that exists. */
export function keepsColumns(sql: string): boolean {
  return /^(select|with|insert|describe|desc|explain|show|exists|set|use|optimize|delete|grant|revoke|check|create(?!\s+or\s+replace))\b/i.test(
    withoutLeadingComments(sql),
  );
}
