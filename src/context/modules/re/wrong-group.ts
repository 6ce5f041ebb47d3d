import { repr } from '../../../jinja/index.ts';

/** What is wrong with a group that begins in no known way, and how far behind its parenthesis. */
export type Wrong = readonly [message: string, shift: number];

/** `rest` begins with the parenthesis. */
export function wrongGroup(rest: string): Wrong {
  if (/^\(\?[aimsux]+\)/.test(rest)) return ['global flags not at the start of the expression', 0];
  if (rest.startsWith('(?#')) return ['missing ), unterminated comment', 0];
  const flags = /^\(\?([aiLmsux]*)(-?)([imsx]*)/.exec(rest);
  if (flags && (flags[1] !== '' || flags[2] !== '')) return wrongFlags(rest, flags);
  const close = { '(?P<': '>', '(?P=': ')' }[rest.slice(0, 4)];
  if (close !== undefined) {
    const end = rest.indexOf(close);
    return wrongName(rest.slice(4, end < 0 ? undefined : end), end < 0, close);
  }
  if (/^\(\?(?:P|<)?$/.test(rest)) return ['unexpected end of pattern', rest.length];
  const size = rest.startsWith('(?P') || rest.startsWith('(?<') ? 4 : 3;
  return [`unknown extension ${rest.slice(1, size)}`, 1];
}

function wrongName(name: string, isOpen: boolean, close: string): Wrong {
  if (name === '') return ['missing group name', 4];
  return [isOpen ? `missing ${close}, unterminated name` : `bad character in group name ${repr(name)}`, 4];
}

function wrongFlags(rest: string, [read = '', on = '', minus = '', off = '']: RegExpExecArray): Wrong {
  const at = read.length;
  if (on.includes('L')) return ["bad inline flags: cannot use 'L' flag with a str pattern", 3 + on.indexOf('L')];
  if (/[A-Za-z]/.test(rest[at] ?? '')) return ['unknown flag', at];
  if (minus === '') return ['missing -, : or )', at];
  return [off === '' ? 'missing flag' : 'missing :', at];
}
