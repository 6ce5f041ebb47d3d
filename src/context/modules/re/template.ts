import { JinjaError } from '../../../jinja/index.ts';
import { patternError } from './error.ts';

export interface Groups {
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  text(group: number): string | null;
}

const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The replacement text of sub() and expand(): `\1`, `\g<1>`, `\g<name>`, `\n`. */
export function expandTemplate(template: string, groups: Groups): string {
  return template.replace(
    /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2})|([1-9]\d?)|([\s\S]?))/g,
    (
      whole,
      name: string | undefined,
      octal: string | undefined,
      number: string | undefined,
      letter: string | undefined,
      at: number,
    ) => {
      if (name !== undefined) return groups.text(groupOf(name, groups, at)) ?? '';
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (number !== undefined) return groups.text(checked(Number(number), groups, at)) ?? '';
      const control = CONTROLS[letter ?? ''];
      if (control !== undefined) return control;
      if (letter === 'g') throw patternError('missing <', at + 2);
      if (letter === '') throw patternError('bad escape (end of pattern)', at);
      if (/[A-Za-z]/.test(letter ?? '')) throw patternError(`bad escape ${whole}`, at);
      return whole;
    },
  );
}

function groupOf(name: string, groups: Groups, at: number): number {
  if (/^\d+$/.test(name)) return checked(Number(name), groups, at + 2);
  const number = groups.names.get(name);
  if (number === undefined) throw new JinjaError('IndexError', `unknown group name '${name}'`);
  return number;
}

function checked(group: number, groups: Groups, at: number): number {
  if (group > groups.groups) throw patternError(`invalid group reference ${group}`, at + 1);
  return group;
}
