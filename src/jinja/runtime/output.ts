import { typeError } from '../errors.ts';
import { typeName } from '../ops/types.ts';
import { StrSubclass } from '../values/markup.ts';

/** Joins what a template wrote. Only a call block can have written something that is not text, which is an error as in Python. */
export function concatParts(parts: readonly any[]): string {
  let text = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part === 'string') text += part;
    else if (part instanceof StrSubclass) text += part.value;
    else throw typeError(`sequence item ${i}: expected str instance, ${typeName(part)} found`);
  }
  return text;
}
