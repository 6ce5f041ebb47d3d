import { JinjaError, type TemplateFrame } from '../errors.ts';

/** Where a template stands: its file, and how many lines of it come before the template's first. */
export interface Place {
  readonly file: string | undefined;
  readonly lineOffset: number;
  readonly source: string;
}

/** Notes on an error which template line it passed; on ours always, on others where they carry a list for it. */
export function trace(error: unknown, line: number, macro: string | undefined, place: Place): unknown {
  const noted = error instanceof RangeError ? limitError(error) : error;
  const frames = (noted as { templateFrames?: TemplateFrame[] } | null)?.templateFrames;
  // Line 0: the stack was full before the first line, so that the place of the call is what Python names too.
  if (Array.isArray(frames) && line > 0) {
    const text = place.source.split('\n')[line - 1];
    frames.push({ line: line + place.lineOffset, macro, file: place.file, text });
  }
  return noted;
}

/** JavaScript's limits under Python's names: the stack, the length of a string, the size of a bigint. */
function limitError(error: RangeError): JinjaError {
  if (error.message.startsWith('Maximum call stack')) {
    return new JinjaError('RecursionError', 'maximum recursion depth exceeded');
  }
  return new JinjaError('MemoryError', error.message);
}
