import type { At } from '../../error/index.ts';
import type { Origin } from '../types.ts';

/** Where in a node's code a name is asked for: the call `word(... 'name' ...)`, else its first line. */
export function placeOfCall(code: string, origin: Origin, word: string, name: string): At {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const call = new RegExp(`\\b${word}\\s*\\([^)]*?(['"])(${quoted})\\1`).exec(code);
  if (call === null) return { file: origin.file, line: origin.linesBefore + 1, col: 0 };
  const before = code.slice(0, call.index).split('\n');
  return {
    file: origin.file,
    line: origin.linesBefore + before.length,
    col: (before.at(-1) ?? '').length + 1,
  };
}
