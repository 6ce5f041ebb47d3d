/** A template that is one call of env_var or var with literal arguments: most of what YAML holds. */
export interface DirectCall {
  readonly word: 'env_var' | 'var';
  readonly name: string;
  /** Null where no default is given. */
  readonly fallback: string | null;
}

const CALL =
  /^\{\{-?\s*(env_var|var)\(\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:,\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*)?\)\s*-?\}\}$/;

/** Recognizes such a template, so that reading a profile does not load the template engine. Null for any other text. */
export function directCall(text: string): DirectCall | null {
  const match = CALL.exec(text);
  if (match === null) return null;
  return {
    word: match[1] as DirectCall['word'],
    name: match[2] ?? match[3] ?? '',
    fallback: match[4] ?? match[5] ?? null,
  };
}

/** Whether a text must be rendered at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}
