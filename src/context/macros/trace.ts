import type { MacroNode } from '../../model/index.ts';

/**
 * The macros an error came through, innermost first. Kept beside the errors, because those of the engine and of the
 * database room know nothing of macros.
 */
const passedThrough = new WeakMap<object, MacroNode[]>();

export function notePassage(error: unknown, macro: MacroNode): void {
  if (typeof error !== 'object' || error === null) return;
  const macros = passedThrough.get(error);
  if (macros) macros.push(macro);
  else passedThrough.set(error, [macro]);
}

export function macrosOf(error: unknown): readonly MacroNode[] {
  return (typeof error === 'object' && error !== null && passedThrough.get(error)) || [];
}
