/** Python's regular expression flags, by their values. */
export const FLAGS = {
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  DEBUG: 128,
  ASCII: 256,
} as const;

export const BY_LETTER: Readonly<Record<string, number>> = {
  i: FLAGS.IGNORECASE,
  L: FLAGS.LOCALE,
  m: FLAGS.MULTILINE,
  s: FLAGS.DOTALL,
  u: FLAGS.UNICODE,
  x: FLAGS.VERBOSE,
  a: FLAGS.ASCII,
};

export function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** `re.IGNORECASE|re.DOTALL`; '' for none. */
export function flagNames(flags: number): string {
  let rest = flags;
  const names: string[] = [];
  for (const [name, flag] of Object.entries(FLAGS)) {
    if (has(flags, flag)) names.push(`re.${name}`);
    rest &= ~flag;
  }
  if (rest !== 0) names.push(`0x${rest.toString(16)}`);
  return names.join('|');
}
