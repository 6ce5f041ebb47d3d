import {
  callValue,
  Dict,
  hashKey,
  isCallable,
  PyIterator,
  PyObject,
  repr,
  requireInt,
  type Step,
  str,
  tuple,
  typeName,
  type Value,
} from '../../../jinja/index.ts';
import { keywordMethod } from '../../builtin-method.ts';
import { pyTypeError } from '../../py-function.ts';
import { FLAGS, flagNames, has } from './flags.ts';
import { type Ending, Machine } from './machine.ts';
import { type Found, PyMatch } from './match.ts';
import type { CharTest } from './nodes.ts';
import { type Parsed, parsePattern } from './parser.ts';
import { firstTest, type Program, programOf } from './program.ts';
import { Subject } from './subject.ts';
import { expandTemplate } from './template.ts';

type Where = 'anywhere' | 'start' | 'whole';

/** Python's compiled pattern. */
export class PyPattern extends PyObject {
  readonly pattern: string;
  readonly #parsed: Parsed;
  readonly #program: Program;
  /** What the first character of a match must be, where that can be told. */
  readonly #first: CharTest | undefined;

  constructor(pattern: string, flags: number) {
    super();
    this.pattern = pattern;
    this.#parsed = parsePattern(pattern, flags);
    this.#program = programOf(this.#parsed.root, this.#parsed.groups);
    this.#first = firstTest(this.#program);
  }

  pyTypeName(): string {
    return 're.Pattern';
  }

  get flags(): number {
    const { flags } = this.#parsed;
    return has(flags, FLAGS.ASCII) ? flags : flags | FLAGS.UNICODE;
  }

  find(text: Value, where: Where, pos = 0, endpos?: number): PyMatch | null {
    return this.#search(text, pos, endpos).find(where);
  }

  all(text: Value, pos = 0, endpos?: number): Generator<PyMatch> {
    return this.#search(text, pos, endpos).all();
  }

  #search(text: Value, pos: number, endpos?: number): Search {
    for (const place of [pos, endpos ?? 0]) requireInt(place);
    const subject = new Subject(subjectOf(text));
    const within = (at: number) => Math.min(Math.max(0, at), subject.length);
    const end = within(endpos ?? subject.length);
    const { groups, names, flags } = this.#parsed;
    const machine = new Machine(this.#program, subject.codes, end, groups.size, flags);
    const facts = { groups: groups.size, names, object: this };
    return new Search(machine, subject, within(pos), end, this.#first, (found) => new PyMatch(found, facts));
  }

  /** One text for each match, or of its group, or of its groups. */
  findAll(text: Value, pos = 0, endpos?: number): Value[] {
    const groups = this.#parsed.groups.size;
    return Array.from(this.all(text, pos, endpos), (match) => {
      if (groups === 0) return match.text(0);
      const texts = Array.from({ length: groups }, (_, i) => match.text(i + 1) ?? '');
      return groups === 1 ? texts[0] : tuple(texts);
    });
  }

  split(text: Value, most: Value): Value[] {
    const parts: Value[] = [];
    const search = this.#search(text, 0);
    let last = 0;
    for (const match of limited(search.all(), most)) {
      const { start, end } = match.found;
      parts.push(search.subject.slice(last, start));
      for (let i = 1; i <= this.#parsed.groups.size; i++) parts.push(match.text(i));
      last = end;
    }
    return [...parts, search.subject.slice(last)];
  }

  /** The text with matches replaced, and how many there were. The replacement may be a macro. */
  *replace(replacement: Value, text: Value, most: Value): Step<[string, number]> {
    const template = isCallable(replacement) ? undefined : templateOf(replacement);
    if (template !== undefined) this.#checkTemplate(template);
    const search = this.#search(text, 0);
    let out = '';
    let last = 0;
    let count = 0;
    for (const match of limited(search.all(), most)) {
      const made = template === undefined ? textGiven(yield* callValue(replacement, [match])) : match.expand(template);
      const { start, end } = match.found;
      out += search.subject.slice(last, start) + made;
      last = end;
      count++;
    }
    return [out + search.subject.slice(last), count];
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
        return keywordMethod(this, name, RANGE, (text, pos = 0, end) => this.findAll(text, pos, end));
      case 'finditer':
        return keywordMethod(
          this,
          name,
          RANGE,
          (text, pos = 0, end) => new PyIterator('callable_iterator', this.all(text, pos, end)),
        );
      case 'split':
        return keywordMethod(this, name, ['string', 'maxsplit?'], (text, most = 0) => this.split(text, most));
      case 'sub':
        return keywordMethod(this, name, REPLACE, (by, text, most = 0) => first(this.replace(by, text, most)));
      case 'subn':
        return keywordMethod(this, name, REPLACE, (by, text, most = 0) => asTuple(this.replace(by, text, most)));
      case 'pattern':
        return this.pattern;
      case 'flags':
        return this.flags;
      case 'groups':
        return this.#parsed.groups.size;
      case 'groupindex':
        return new Dict(this.#parsed.names);
      default:
        return undefined;
    }
  }

  override pyRepr(): string {
    const names = flagNames(this.flags & ~FLAGS.UNICODE);
    return `re.compile(${repr(this.pattern).slice(0, 200)}${names === '' ? '' : `, ${names}`})`;
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
    const { groups, names } = this.#parsed;
    expandTemplate(template, { groups: groups.size, names, text: () => '' });
  }

  #finder(name: string, where: Where): Value {
    return keywordMethod(this, name, RANGE, (text, pos = 0, end) => this.find(text, where, pos, end));
  }
}

/** One text, or a part of it, being searched. */
class Search {
  readonly #machine: Machine;
  readonly subject: Subject;
  readonly #pos: number;
  readonly #end: number;
  readonly #first: CharTest | undefined;
  readonly #made: (found: Found) => PyMatch;

  constructor(
    machine: Machine,
    subject: Subject,
    pos: number,
    end: number,
    first: CharTest | undefined,
    made: (found: Found) => PyMatch,
  ) {
    this.#machine = machine;
    this.subject = subject;
    this.#pos = pos;
    this.#end = end;
    this.#first = first;
    this.#made = made;
  }

  find(where: Where): PyMatch | null {
    if (where === 'anywhere') return this.#next(this.#pos);
    return this.#at(this.#pos, where === 'whole' ? 'whole' : 'any');
  }

  *all(): Generator<PyMatch> {
    for (let at = this.#pos; at <= this.#end; ) {
      let match = this.#next(at);
      if (match === null) return;
      yield match;
      const { start, end } = match.found;
      at = end;
      if (start !== end) continue;
      // Where nothing was found, something longer may still begin at the same place.
      match = this.#at(at, 'further');
      if (match !== null) yield match;
      at = match === null ? at + 1 : match.found.end;
    }
  }

  #next(from: number): PyMatch | null {
    for (let at = from; at <= this.#end; at++) {
      if (this.#first !== undefined) {
        while (at < this.#end && !this.#first(this.subject.codes[at] as number)) at++;
        if (at === this.#end) return null;
      }
      const match = this.#at(at, 'any');
      if (match !== null) return match;
    }
    return null;
  }

  #at(start: number, ending: Ending): PyMatch | null {
    const end = this.#machine.match(start, ending);
    if (end < 0) return null;
    const slots = this.#machine.slots.slice();
    return this.#made({ subject: this.subject, start, end, slots, pos: this.#pos, endpos: this.#end });
  }
}

/** 0 is no limit, a negative number leaves nothing. */
function* limited<T>(items: Iterable<T>, most: Value): Generator<T> {
  const limit = sizeOf(most);
  let left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  if (left < 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}

function sizeOf(value: Value): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  throw pyTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
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
  // Python looks the replacement up among those it knows.
  hashKey(replacement);
  return textToBe(replacement);
}

/** What is no str is taken for bytes. */
export function textToBe(value: Value): string {
  const plain = plainText(value);
  if (plain !== undefined) return plain;
  throw pyTypeError(`decoding to str: need a bytes-like object, ${typeName(value)} found`);
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
  if (typeName(text) === 'bytes') throw pyTypeError('cannot use a string pattern on a bytes-like object');
  throw pyTypeError(`expected string or bytes-like object, got '${typeName(text)}'`);
}
