import { JinjaError } from '../../../jinja/index.ts';
import { readCharSet } from './char-set.ts';
import { anchor, boundary, category, eitherCase } from './characters.ts';
import { patternError } from './error.ts';
import { charEscape } from './escapes.ts';
import { BY_LETTER, FLAGS, has } from './flags.ts';
import type { Mode, Node } from './nodes.ts';
import { wrongGroup } from './wrong-group.ts';

/** A pattern that has been read. */
export interface Parsed {
  readonly root: Node;
  /** All flags, those written in the pattern included. */
  readonly flags: number;
  readonly groups: ReadonlyMap<number, Node>;
  readonly names: ReadonlyMap<string, number>;
}

export function parsePattern(pattern: string, given: number): Parsed {
  // Several groups of flags may stand at the start, one after the other.
  const [leading = ''] = /^(?:\(\?[aimsux]+\))*/.exec(pattern) ?? [];
  const rest = pattern.slice(leading.length);
  const letters = leading.replace(/[()?]/g, '');
  const flags = [...letters].reduce((all, letter) => all | (BY_LETTER[letter] ?? 0), given);
  if (has(flags, FLAGS.ASCII) && letters.includes('u')) {
    throw patternError("bad inline flags: flags 'a', 'u' and 'L' are incompatible", pattern.indexOf('u') + 1);
  }
  const parser = new Parser(rest, pattern.length - rest.length);
  const root = parser.alternatives(flags);
  parser.expectEnd();
  return { root, flags, groups: parser.groups, names: parser.names };
}

interface Opening {
  readonly make: (body: Node) => Node;
  readonly flags: number;
  readonly group?: number;
  readonly behind?: boolean;
}

const NOTHING: Node = { kind: 'sequence', items: [] };

class Parser {
  readonly groups = new Map<number, Node>();
  readonly names = new Map<string, number>();
  readonly #text: string;
  /** Characters of flags before the text, for positions in messages. */
  readonly #offset: number;
  readonly #open = new Set<number>();
  /** Groups that are asked for, each with the place. */
  readonly #asked = new Map<number, number>();
  /** How many groups there were where the look-behind began that is being read. */
  #behindFrom: number | undefined;
  #count = 0;
  #at = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  /** Up to the end or a closing parenthesis. */
  alternatives(flags: number): Node {
    const branches = [this.#sequence(flags)];
    while (this.#text[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence(flags));
    }
    return branches.length === 1 ? (branches[0] as Node) : { kind: 'choice', branches };
  }

  #sequence(flags: number): Node {
    const items: Node[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')' && this.#text[this.#at] !== '|') {
      if (this.#skipVerbose(flags)) continue;
      const quantifier = this.#quantifier();
      if (quantifier !== undefined) {
        const last = items.pop();
        if (last === undefined || last.kind === 'at') throw this.#error('nothing to repeat', -quantifier.length);
        if (last.kind === 'repeat') throw this.#error('multiple repeat', -quantifier.length);
        items.push(repeated(last, quantifier));
        continue;
      }
      const atom = this.#atom(flags);
      if (atom !== undefined) items.push(atom);
    }
    return items.length === 1 && items[0]?.kind !== 'at' && items[0]?.kind !== 'repeat'
      ? (items[0] as Node)
      : { kind: 'sequence', items };
  }
  expectEnd(): void {
    if (this.#at < this.#text.length) throw this.#error('unbalanced parenthesis');
    for (const [group, at] of this.#asked) {
      if (group > this.#count) throw patternError(`invalid group reference ${group}`, this.#offset + at);
    }
  }

  #skipVerbose(flags: number): boolean {
    if (!has(flags, FLAGS.VERBOSE)) return false;
    const space = /^(?:\s+|#[^\n]*)/.exec(this.#text.slice(this.#at));
    this.#at += space?.[0].length ?? 0;
    return space !== null;
  }

  /** `*`, `+?`, `{2,5}`, `++`; undefined where none stands here. */
  #quantifier(): string | undefined {
    const match = /^(?:[*+?]|\{(?:\d+|\d*,\d*)\})[+?]?/.exec(this.#text.slice(this.#at));
    if (!match) return undefined;
    const [, least, most] = /^\{(\d*),(\d+)\}/.exec(match[0]) ?? [];
    if (most !== undefined && Number(least) > Number(most)) throw this.#error('min repeat greater than max repeat', 1);
    this.#at += match[0].length;
    return match[0].replace('{,', '{0,');
  }

  /** Undefined for a comment. */
  #atom(flags: number): Node | undefined {
    const char = this.#text[this.#at] as string;
    if (char === '(') return this.#group(flags);
    if (char === '[') {
      const set = readCharSet(this.#text, this.#at, flags, this.#offset);
      this.#at = set.end;
      return { kind: 'test', test: set.test };
    }
    if (char === '\\') return this.#escape(flags);
    if (char === '.') {
      this.#at++;
      return { kind: 'test', test: has(flags, FLAGS.DOTALL) ? () => true : (code) => code !== 10 };
    }
    if (char === '^' || char === '$') {
      this.#at++;
      return { kind: 'at', holds: anchor(char, flags) };
    }
    const code = this.#text.codePointAt(this.#at) as number;
    this.#at += code > 0xffff ? 2 : 1;
    return charNode(code, flags);
  }

  #escape(flags: number): Node {
    const at = this.#at;
    const letter = this.#text[at + 1] ?? '';
    const [test, holds] = [category(letter, flags), boundary(letter, flags)];
    if (test !== undefined || holds !== undefined) {
      this.#at += 2;
      return holds ? { kind: 'at', holds } : { kind: 'test', test: test! };
    }
    const reference = /^[1-9]\d?/.exec(this.#text.slice(at + 1));
    const char = charEscape(this.#text, at, false, this.#offset);
    if (!char && reference) return this.#reference(Number(reference[0]), reference[0].length + 1, 1, flags);
    if (!char) throw this.#error(`bad escape \\${letter}`);
    this.#at += char.length;
    return charNode(char.code, flags);
  }

  #reference(group: number, length: number, shift: number, flags: number): Node {
    if (group > this.#count) throw this.#error(`invalid group reference ${group}`, shift);
    if (this.#open.has(group)) throw this.#error('cannot refer to an open group', length > 3 ? 4 : 0);
    this.#at += length;
    if (this.#behindFrom !== undefined && group > this.#behindFrom)
      throw this.#error('cannot refer to group defined in the same lookbehind subpattern');
    return { kind: 'reference', group, fold: has(flags, FLAGS.IGNORECASE) };
  }

  #group(flags: number): Node | undefined {
    const start = this.#at;
    const named = /^\(\?P=(\w+)\)/.exec(this.#text.slice(start));
    if (named) return this.#reference(this.#named(named[1] ?? ''), named[0].length, 1, flags);
    const asked = /^\(\?\((\w*)\)/.exec(this.#text.slice(start));
    if (asked) return this.#conditional(asked[1] ?? '', asked[0].length, flags);
    const opening = this.#opening(flags);
    if (opening === undefined) return undefined;
    const { group, behind, make } = opening;
    const outer = this.#behindFrom;
    if (behind) this.#behindFrom ??= this.#count;
    if (group !== undefined) this.#open.add(group);
    const body = this.alternatives(opening.flags);
    if (group !== undefined) this.#open.delete(group);
    this.#behindFrom = outer;
    this.#close(start);
    const node = make(body);
    if (group !== undefined) this.groups.set(group, node);
    return node;
  }

  #close(start: number): void {
    if (this.#text[this.#at] !== ')') throw this.#error('missing ), unterminated subpattern', start - this.#at);
    this.#at++;
  }

  /** `(?(1)yes|no)` */
  #conditional(name: string, length: number, flags: number): Node {
    const start = this.#at;
    const isNumber = /^\d+$/.test(name);
    if (!isNumber && !this.names.has(name)) throw this.#error(`unknown group name '${name}'`, 3);
    const group = isNumber ? Number(name) : (this.names.get(name) as number);
    if (group === 0) throw this.#error('bad group number', 3);
    if (!this.#asked.has(group)) this.#asked.set(group, start + 3);
    this.#at += length;
    const yes = this.#sequence(flags);
    const hasNo = this.#text[this.#at] === '|';
    if (hasNo) this.#at++;
    const no = hasNo ? this.#sequence(flags) : NOTHING;
    if (this.#text[this.#at] === '|') throw this.#error('conditional backref with more than two branches');
    this.#close(start);
    return { kind: 'condition', group, yes, no };
  }

  #named(name: string): number {
    return this.names.get(name) ?? this.#raise(`unknown group name '${name}'`, 4);
  }

  /** What begins a group; undefined for a comment. */
  #opening(flags: number): Opening | undefined {
    const rest = this.#text.slice(this.#at);
    const known = /^\((?!\?)|^\(\?(?:[=!>]|<[=!]|P<([^\W\d]\w*)>|#[^)]*\)|([aimsux]*)(?:-([imsx]+))?:)/.exec(rest);
    if (!known) this.#raise(...wrongGroup(rest));
    const [text, name, on, off] = known;
    this.#at += text.length;
    if (text.startsWith('(?#')) return undefined;
    if (text === '(' || name !== undefined) return this.#capture(name, flags);
    if (text === '(?>') return { make: (body) => ({ kind: 'atomic', body }), flags };
    if (on !== undefined) {
      const set = (letters: string) => [...letters].reduce((all, letter) => all | (BY_LETTER[letter] ?? 0), 0);
      // A group around what is repeated or a place is one thing more.
      const make = (body: Node): Node =>
        body.kind === 'at' || body.kind === 'repeat' ? { kind: 'sequence', items: [body] } : body;
      const scope = on.includes('u') ? flags & ~FLAGS.ASCII : flags;
      return { make, flags: (scope | set(on)) & ~set(off ?? '') };
    }
    const [behind, negated] = [text.includes('<'), text.endsWith('!')];
    return { make: (body) => ({ kind: 'look', body, behind, negated }), flags, behind };
  }

  #capture(name: string | undefined, flags: number): Opening {
    const group = ++this.#count;
    const known = name === undefined ? undefined : this.names.get(name);
    if (known !== undefined) {
      const message = `redefinition of group name '${name}' as group ${group}; was group ${known}`;
      this.#raise(message, -(name as string).length - 1);
    }
    if (name !== undefined) this.names.set(name, group);
    return { make: (body) => ({ kind: 'group', group, body }), flags, group };
  }

  #raise(message: string, shift = 0): never {
    throw this.#error(message, shift);
  }

  #error(message: string, shift = 0): Error {
    return patternError(message, this.#offset + this.#at + shift);
  }
}

function charNode(code: number, flags: number): Node {
  if (!has(flags, FLAGS.IGNORECASE)) return { kind: 'char', code };
  return { kind: 'test', test: eitherCase(code, flags) };
}

function repeated(body: Node, quantifier: string): Node {
  const [, sign = '', low = '', comma, high = '', suffix = ''] =
    /^(?:([*+?])|\{(\d*)(,?)(\d*)\})([+?]?)$/.exec(quantifier) ?? [];
  const least = sign === '+' ? 1 : Number(low);
  const most =
    sign === '?'
      ? 1
      : sign !== '' || (comma === ',' && high === '')
        ? Number.POSITIVE_INFINITY
        : Number(comma ? high : low);
  if (Math.max(least, Number.isFinite(most) ? most : 0) >= 4_294_967_295) {
    throw new JinjaError('OverflowError', 'the repetition number is too large');
  }
  const mode: Mode = suffix === '+' ? 'possessive' : suffix === '?' ? 'lazy' : 'greedy';
  return { kind: 'repeat', body, least, most, mode };
}
