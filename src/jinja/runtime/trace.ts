import { JinjaError, type TemplateFrame } from '../errors.ts';

/** Notes on an error which template line it passed; on ours always, on others where they carry a list for it. */
export function trace(error: unknown, line: number, macro: string | undefined, file: string | undefined): unknown {
  const noted = error instanceof RangeError && error.message.startsWith('Maximum call stack') ? tooDeep() : error;
  const frames = (noted as { templateFrames?: TemplateFrame[] } | null)?.templateFrames;
  if (Array.isArray(frames)) frames.push({ line, macro, file });
  return noted;
}

function tooDeep(): JinjaError {
  return new JinjaError('RecursionError', 'maximum recursion depth exceeded');
}
