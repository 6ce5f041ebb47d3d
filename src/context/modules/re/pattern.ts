import {
  callValue,
  Dict,
  isCallable,
  PyIterator,
  PyObject,
  repr,
  type Step,
  str,
  tuple,
  typeName,
  type Value,
} from '../../../jinja/index.ts';
import { pyFunction, pyTypeError } from '../../py-function.ts';
import { patternError } from './error.ts';
import { FLAGS, has } from './flags.ts';
import { PyMatch } from './match.ts';
import { expandTemplate } from './template.ts';
import { type Translated, translate } from './translate.ts';

/** `further`: at the place, and not empty. */
type Where = 'anywhere' | 'start' | 'whole' | 'further';

/** Python's compiled pattern. */
export class PyPattern extends PyObject {
  readonly pattern: string;
  readonly #translated: Translated;
  readonly #compiled = new Map<Where, RegExp>();

  constructor(pattern: string, flags: number) {
    super();
    this.pattern = pattern;
    this.#translated = translate(pattern, flags);
  }

  pyTypeName(): string {
    return 're.Pattern';
  }

  get flags(): number {
    const { flags } = this.#translated;
    return has(flags, FLAGS.ASCII) ? flags : flags | FLAGS.UNICODE;
  }

  find(text: Value, where: Where, pos = 0, endpos?: number): PyMatch | null {
    const [subject, from] = window(text, pos, endpos);
    const match = this.#run(this.#regExp(where), subject, from);
    return match && this.#match(match);
  }

  all(text: Value, pos = 0, endpos?: number): PyMatch[] {
    const [subject, from] = window(text, pos, endpos);
    return this.#matches(subject, from).map((match) => this.#match(match));
  }

  /** One text for each match, or of its group, or of its groups. */
  findAll(text: Value, pos = 0, endpos?: number): Value[] {
    const { groups } = this.#translated;
    return this.all(text, pos, endpos).map((match) => {
      if (groups === 0) return match.text(0);
      const texts = Array.from({ length: groups }, (_, i) => match.text(i + 1) ?? '');
      return groups === 1 ? texts[0] : tuple(texts);
    });
  }

  split(text: Value, most: number): Value[] {
    const subject = subjectOf(text);
    const parts: Value[] = [];
    let last = 0;
    for (const match of this.#matches(subject, 0).slice(0, limitOf(most))) {
      parts.push(subject.slice(last, match.index));
      const { groups } = this.#translated;
      for (let i = 1; i <= groups; i++) parts.push(match.groups?.[`g${i}`] ?? null);
      last = match.index + match[0].length;
    }
    return [...parts, subject.slice(last)];
  }

  /** The text with matches replaced, and how many there were. The replacement may be a macro. */
  *replace(replacement: Value, text: Value, most: number): Step<[string, number]> {
    const template = isCallable(replacement) ? undefined : templateOf(replacement);
    if (template !== undefined) this.#checkTemplate(template);
    const subject = subjectOf(text);
    const matches = this.#matches(subject, 0).slice(0, limitOf(most));
    let out = '';
    let last = 0;
    for (const match of matches) {
      const object = this.#match(match);
      const made =
        template === undefined ? textGiven(yield* callValue(replacement, [object])) : object.expand(template);
      out += subject.slice(last, match.index) + made;
      last = match.index + match[0].length;
    }
    return [out + subject.slice(last), matches.length];
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'match':
        return this.#finder(name, 'start');
      case 'fullmatch':
        return this.#finder(name, 'whole');
      case 'search':
        return this.#finder(name, 'anywhere');
      case 'findall':
        return pyFunction(name, RANGE, (text, pos = 0, end) => this.findAll(text, pos, end));
      case 'finditer':
        return pyFunction(
          name,
          RANGE,
          (text, pos = 0, end) => new PyIterator('callable_iterator', this.all(text, pos, end)),
        );
      case 'split':
        return pyFunction(name, ['string', 'maxsplit?'], (text, most = 0) => this.split(text, most));
      case 'sub':
        return pyFunction(name, REPLACE, (by, text, most = 0) => first(this.replace(by, text, most)));
      case 'subn':
        return pyFunction(name, REPLACE, (by, text, most = 0) => asTuple(this.replace(by, text, most)));
      case 'pattern':
        return this.pattern;
      case 'flags':
        return this.flags;
      case 'groups':
        return this.#translated.groups;
      case 'groupindex':
        return new Dict(this.#translated.names);
      default:
        return undefined;
    }
  }

  override pyRepr(): string {
    return `re.compile(${repr(this.pattern)})`;
  }

  override pyEq(other: Value): boolean {
    return other instanceof PyPattern && other.pattern === this.pattern && other.flags === this.flags;
  }

  override pyHash(): string {
    return `re:${this.flags}:${this.pattern}`;
  }

  /** What is wrong with a replacement is wrong without a match too. */
  #checkTemplate(template: string): void {
    if (!template.includes('\\')) return;
    const { groups, names } = this.#translated;
    expandTemplate(template, { groups, names, text: () => '' });
  }

  #finder(name: string, where: Where): Value {
    return pyFunction(name, RANGE, (text, pos = 0, end) => this.find(text, where, pos, end));
  }

  #matches(subject: string, from: number): RegExpExecArray[] {
    const found: RegExpExecArray[] = [];
    const regExp = this.#regExp('anywhere');
    for (let at = from; at <= subject.length; ) {
      const match = this.#run(regExp, subject, at);
      if (!match) break;
      found.push(match);
      at = regExp.lastIndex;
      if (match[0] !== '') continue;
      // Where nothing was found, something longer may still begin at the same place.
      const further = this.#regExp('further');
      const longer = at < subject.length ? this.#run(further, subject, at) : null;
      if (longer !== null) found.push(longer);
      at = longer === null ? at + step(subject, at) : further.lastIndex;
    }
    return found;
  }

  #run(regExp: RegExp, subject: string, from: number): RegExpExecArray | null {
    regExp.lastIndex = from;
    const { sentinel } = this.#translated;
    if (sentinel === '') return regExp.exec(subject);
    const match = regExp.exec(subject + sentinel);
    if (match !== null) match.input = subject;
    return match;
  }

  #regExp(where: Where): RegExp {
    let regExp = this.#compiled.get(where);
    if (!regExp) {
      const { source, flags, end } = this.#translated;
      const whole =
        where === 'whole'
          ? `(?:${source})${end}`
          : where === 'further'
            ? `(?=(?<rest>[\\s\\S]*))(?:${source})(?!\\k<rest>(?![\\s\\S]))`
            : source;
      regExp = compiledRegExp(whole, `dv${has(flags, FLAGS.IGNORECASE) ? 'i' : ''}${where === 'anywhere' ? 'g' : 'y'}`);
      this.#compiled.set(where, regExp);
    }
    return regExp;
  }

  #match(match: RegExpExecArray): PyMatch {
    return new PyMatch(match, { groups: this.#translated.groups, names: this.#translated.names, object: this });
  }
}

/** What JavaScript alone refuses is an error of the pattern too. */
function compiledRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw patternError((error as Error).message);
  }
}

/** 0 is no limit, a negative number leaves nothing. */
function limitOf(most: number): number | undefined {
  return most === 0 ? undefined : Math.max(0, most);
}

const RANGE = ['string', 'pos?', 'endpos?'];
const REPLACE = ['repl', 'string', 'count?'];

export function* first(step: Step<[string, number]>): Step<string> {
  return (yield* step)[0];
}

export function* asTuple(step: Step<[string, number]>): Step<Value> {
  return tuple(yield* step);
}

function plainText(text: Value): string | undefined {
  return typeof text === 'string' ? text : typeName(text) === 'Markup' ? str(text) : undefined;
}

function templateOf(replacement: Value): string {
  const plain = plainText(replacement);
  if (plain !== undefined) return plain;
  throw pyTypeError(`decoding to str: need a bytes-like object, ${typeName(replacement)} found`);
}

/** What a macro gave for a match; none stands for nothing. */
function textGiven(value: Value): string {
  const plain = value === null ? '' : plainText(value);
  if (plain !== undefined) return plain;
  throw pyTypeError(`sequence item 0: expected str instance, ${typeName(value)} found`);
}

function subjectOf(text: Value): string {
  const plain = plainText(text);
  if (plain !== undefined) return plain;
  throw pyTypeError(`expected string or bytes-like object, got '${typeName(text)}'`);
}

/** The text up to `endpos`, and where to begin; both given in code points. */
function window(text: Value, pos: number, endpos: number | undefined): [string, number] {
  const subject = subjectOf(text);
  const units = (points: number) => (points <= 0 ? 0 : [...subject].slice(0, points).join('').length);
  return [endpos === undefined ? subject : subject.slice(0, units(endpos)), units(pos)];
}

function step(subject: string, at: number): number {
  return (subject.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
