import { hashKey, PyIterator, type Value } from '../../../jinja/index.ts';
import { LazyObject } from '../../lazy-object.ts';
import { pyFunction, pyTypeError, pyValueError } from '../../py-function.ts';
import { BY_LETTER, FLAGS } from './flags.ts';
import { asTuple, first, PyPattern } from './pattern.ts';

const compiled = new Map<string, PyPattern>();
const REPLACE = ['pattern', 'repl', 'string', 'count?', 'flags?'];
const FIND = ['pattern', 'string', 'flags?'];

const FUNCTIONS: Readonly<Record<string, () => Value>> = {
  compile: () => pyFunction('compile', ['pattern', 'flags?'], (pattern, flags = 0) => patternOf(pattern, flags)),
  match: () => pyFunction('match', FIND, (pattern, text, flags = 0) => patternOf(pattern, flags).find(text, 'start')),
  fullmatch: () =>
    pyFunction('fullmatch', FIND, (pattern, text, flags = 0) => patternOf(pattern, flags).find(text, 'whole')),
  search: () =>
    pyFunction('search', FIND, (pattern, text, flags = 0) => patternOf(pattern, flags).find(text, 'anywhere')),
  findall: () => pyFunction('findall', FIND, (pattern, text, flags = 0) => patternOf(pattern, flags).findAll(text)),
  finditer: () =>
    pyFunction(
      'finditer',
      FIND,
      (pattern, text, flags = 0) => new PyIterator('callable_iterator', patternOf(pattern, flags).all(text)),
    ),
  split: () =>
    pyFunction('split', ['pattern', 'string', 'maxsplit?', 'flags?'], (pattern, text, most = 0, flags = 0) =>
      patternOf(pattern, flags).split(text, most),
    ),
  sub: () =>
    pyFunction('sub', REPLACE, (pattern, by, text, most = 0, flags = 0) =>
      first(patternOf(pattern, flags).replace(by, text, most)),
    ),
  subn: () =>
    pyFunction('subn', REPLACE, (pattern, by, text, most = 0, flags = 0) =>
      asTuple(patternOf(pattern, flags).replace(by, text, most)),
    ),
  escape: () =>
    pyFunction('escape', ['pattern'], (text: string) =>
      text.replace(/[\t\n\v\f\r !"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]/g, escaped),
    ),
  purge: () => pyFunction('purge', [], () => null),
};

/** `modules.re`: Python's regular expressions on JavaScript's. */
export function reModule(): Value {
  const flags: Record<string, number> = { ...FLAGS, NOFLAG: 0 };
  for (const [letter, flag] of Object.entries(BY_LETTER)) flags[letter.toUpperCase()] = flag;
  const lookup = (name: string): Value | undefined =>
    Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.() : Object.hasOwn(flags, name) ? flags[name] : undefined;
  return new LazyObject('dict', lookup, () => [...Object.keys(FUNCTIONS), ...Object.keys(flags)]);
}

function patternOf(pattern: Value, flags: number): PyPattern {
  if (pattern instanceof PyPattern) {
    if (flags !== 0) throw pyValueError('cannot process flags argument with a compiled pattern');
    return pattern;
  }
  hashKey(pattern);
  if (typeof pattern !== 'string') throw pyTypeError('first argument must be string or compiled pattern');
  const key = `${flags}:${pattern}`;
  let made = compiled.get(key);
  if (!made) {
    made = new PyPattern(pattern, flags);
    compiled.set(key, made);
  }
  return made;
}

/** The characters that Python's re.escape puts a backslash before. */
function escaped(char: string): string {
  return /[!"%',/:;<=>@`]/.test(char) ? char : `\\${char}`;
}
