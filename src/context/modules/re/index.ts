import { hashKey, PyIterator, PyObject, type Value } from '../../../jinja/index.ts';
import { LazyObject } from '../../lazy-object.ts';
import { pyFunction, pyTypeError, pyValueError } from '../../py-function.ts';
import { BY_LETTER, FLAGS } from './flags.ts';
import { asTuple, first, PyPattern, textToBe } from './pattern.ts';
import { flagsOf, RegexFlag } from './regex-flag.ts';

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
    pyFunction('escape', ['pattern'], (text) =>
      textToBe(text).replace(/[\t\n\v\f\r !"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]/g, escaped),
    ),
  purge: () => pyFunction('purge', [], () => null),
};

/** A class of the module, as it prints. */
class PatternClass extends PyObject {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  pyTypeName(): string {
    return 'type';
  }

  override pyRepr(): string {
    return `<class 're.${this.#name}'>`;
  }
}

const CLASSES = ['error', 'Pattern', 'Match'];

/** `modules.re`: Python's regular expressions. */
export function reModule(): Value {
  const members = new Map<string, () => Value>(Object.entries(FUNCTIONS));
  for (const name of CLASSES) members.set(name, () => new PatternClass(name));
  const letters = new Map(Object.entries(BY_LETTER).map(([letter, flag]) => [flag, letter.toUpperCase()] as const));
  for (const [name, flag] of Object.entries({ ...FLAGS, NOFLAG: 0 })) {
    const made = new RegexFlag(name, flag);
    members.set(name, () => made);
    const letter = letters.get(flag);
    if (letter !== undefined) members.set(letter, () => made);
  }
  return new LazyObject(
    'dict',
    (name) => members.get(name)?.(),
    () => members.keys(),
  );
}

function patternOf(pattern: Value, given: Value): PyPattern {
  const flags = flagsOf(given);
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
