import { repr } from '../../../jinja/index.ts';
import { anchor, boundary, END, endOf, guarded, MARK, SENTINEL } from './anchors.ts';
import { readCharSet } from './char-set.ts';
import { patternError } from './error.ts';
import { bothCases, categorySet, charEscape, literal } from './escapes.ts';
import { BY_LETTER, FLAGS, has } from './flags.ts';

/** A pattern of Python in JavaScript's words, for the flags `dv`. */
export interface Translated {
  readonly source: string;
  /** All flags, those written in the pattern included. */
  readonly flags: number;
  /** How many groups there are; number 3 is JavaScript's group named `g3`. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** What stands behind the text while it is searched; '' for nothing. */
  readonly sentinel: string;
  /** Matches at the end of the text. */
  readonly end: string;
}

export function translate(pattern: string, given: number): Translated {
  // Several groups of flags may stand at the start, one after the other.
  const [leading = ''] = /^(?:\(\?[aiLmsux]+\))*/.exec(pattern) ?? [];
  const rest = pattern.slice(leading.length);
  const flags = [...leading.replace(/[()?]/g, '')].reduce((all, letter) => all | (BY_LETTER[letter] ?? 0), given);
  const asks = /\(\?\(/.test(rest);
  const translator = new Translator(rest, flags, pattern.length - rest.length, asks);
  const source = translator.alternatives(flags);
  translator.expectEnd();
  const { groups, names } = translator;
  return { source, flags, groups, names, end: endOf(asks), sentinel: asks ? SENTINEL : '' };
}

/** What begins a group; without a source an atomic one. */
interface Opening {
  readonly source: string | undefined;
  readonly flags: number;
  readonly captures?: boolean;
}

class Translator {
  groups = 0;
  readonly names = new Map<string, number>();
  readonly #text: string;
  readonly #globalFlags: number;
  /** Characters of flags before the text, for positions in messages. */
  readonly #offset: number;
  /** Whether the pattern asks which groups took part. */
  readonly #asks: boolean;
  readonly #open = new Set<number>();
  /** Groups that are asked for, each with the place. */
  readonly #asked = new Map<number, number>();
  #at = 0;
  #helpers = 0;

  constructor(text: string, flags: number, offset: number, asks: boolean) {
    this.#asks = asks;
    this.#text = text;
    this.#globalFlags = flags;
    this.#offset = offset;
  }

  /** Up to the end or a closing parenthesis; `single`: or a bar. */
  alternatives(flags: number, single = false): string {
    let source = '';
    let last = '';
    let isRepeated = false;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (single && this.#text[this.#at] === '|') break;
      if (this.#skipVerbose(flags)) continue;
      const quantifier = this.#quantifier();
      if (quantifier !== undefined && isRepeated) throw this.#error('multiple repeat', -quantifier.length);
      if (quantifier !== undefined && (last === '' || last === '|'))
        throw this.#error('nothing to repeat', -quantifier.length);
      isRepeated = quantifier !== undefined;
      if (quantifier !== undefined) {
        last = this.#repeated(last, quantifier);
        continue;
      }
      source += last;
      last = this.#text[this.#at] === '|' ? this.#bar() : this.#atom(flags);
    }
    return source + last;
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) throw this.#error('unbalanced parenthesis');
    for (const [group, at] of this.#asked) {
      if (group > this.groups) throw patternError(`invalid group reference ${group}`, this.#offset + at);
    }
  }

  #bar(): string {
    this.#at++;
    return '|';
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

  /** A possessive repeat gives nothing back, which a lookahead with a group says. */
  #repeated(atom: string, quantifier: string): string {
    const target = /^\(\?(?:[=!]|<[=!])/.test(atom) ? `(?:${atom})` : atom;
    const possessive = quantifier.length > 1 && quantifier.endsWith('+');
    return possessive ? this.#atomic(target + quantifier.slice(0, -1)) : target + quantifier;
  }

  #atomic(source: string): string {
    this.#helpers++;
    const name = `atomic${this.#helpers}`;
    return `(?:(?=(?<${name}>${source}))\\k<${name}>)`;
  }

  #atom(flags: number): string {
    const char = this.#text[this.#at] as string;
    if (char === '(') return this.#group(flags);
    if (char === '[') {
      const set = readCharSet(this.#text, this.#at, flags, this.#onlyHere(flags));
      this.#at = set.end;
      return guarded(set.source, this.#asks);
    }
    if (char === '\\') return this.#escape(flags);
    if (char === '.' || char === '^' || char === '$') {
      this.#at++;
      return anchor(char, flags, this.#asks);
    }
    const code = this.#text.codePointAt(this.#at) as number;
    this.#at += code > 0xffff ? 2 : 1;
    return this.#char(code, flags);
  }

  #char(code: number, flags: number): string {
    return this.#onlyHere(flags) ? `[${bothCases(code)}]` : literal(code);
  }

  /** Whether case is ignored in this part of the pattern alone. */
  #onlyHere(flags: number): boolean {
    return has(flags, FLAGS.IGNORECASE) && !has(this.#globalFlags, FLAGS.IGNORECASE);
  }

  #escape(flags: number): string {
    const at = this.#at;
    const letter = this.#text[at + 1] ?? '';
    const category = categorySet(letter, flags);
    const set = category === undefined ? boundary(letter, flags, this.#asks) : guarded(category, this.#asks);
    if (set !== undefined) {
      this.#at += 2;
      return set;
    }
    const reference = /^[1-9]\d?/.exec(this.#text.slice(at + 1));
    const char = charEscape(this.#text, at, false);
    if (!char && reference) return this.#reference(Number(reference[0]), reference[0].length + 1);
    if (!char) throw this.#error(`bad escape \\${letter}`);
    this.#at += char.length;
    return this.#char(char.code, flags);
  }

  #reference(group: number, length: number): string {
    if (group > this.groups) throw this.#error(`invalid group reference ${group}`, 1);
    if (this.#open.has(group)) throw this.#error('cannot refer to an open group');
    this.#at += length;
    return `\\k<g${group}>`;
  }

  #group(flags: number): string {
    const start = this.#at;
    const named = /^\(\?P=(\w+)\)/.exec(this.#text.slice(start));
    if (named) return this.#reference(this.#named(named[1] ?? ''), named[0].length);
    const asked = /^\(\?\((\w*)\)/.exec(this.#text.slice(start));
    if (asked) return this.#conditional(asked[1] ?? '', asked[0].length, flags);
    const opening = this.#opening(flags);
    if (opening === undefined) return '';
    const group = opening.captures ? this.groups : 0;
    if (group > 0) this.#open.add(group);
    const body = this.alternatives(opening.flags);
    this.#open.delete(group);
    if (this.#text[this.#at] !== ')') throw this.#error('missing ), unterminated subpattern', start - this.#at);
    this.#at++;
    if (opening.source === undefined) return this.#atomic(body);
    const source = `${opening.source}${body})`;
    return this.#asks && group > 0 ? `(?:${source}(?=[^${MARK}]*(?<m${group}>${MARK})))` : source;
  }

  /** `(?(1)yes|no)` */
  #conditional(name: string, length: number, flags: number): string {
    const start = this.#at;
    const isNumber = /^\d+$/.test(name);
    if (!isNumber && !this.names.has(name)) throw this.#error(`unknown group name '${name}'`, 3);
    const group = isNumber ? Number(name) : (this.names.get(name) as number);
    if (group === 0) throw this.#error('bad group number', 3);
    this.#asked.set(group, start + 3);
    this.#at += length;
    const yes = this.alternatives(flags, true);
    const hasNo = this.#text[this.#at] === '|';
    if (hasNo) this.#at++;
    const no = hasNo ? this.alternatives(flags, true) : '';
    if (this.#text[this.#at] === '|') throw this.#error('conditional backref with more than two branches');
    if (this.#text[this.#at] !== ')') throw this.#error('missing ), unterminated subpattern', start - this.#at);
    this.#at++;
    // A group that comes later has taken no part yet.
    if (group > this.groups) return `(?:${no})`;
    const took = `[^${MARK}]*\\k<m${group}>${END}`;
    return `(?:(?=${took})${yes}|(?!${took})(?:${no}))`;
  }

  #named(name: string): number {
    return this.names.get(name) ?? this.#raise(`unknown group name '${name}'`, 4);
  }

  /** What begins a group, without a source for an atomic one; undefined for a comment. */
  #opening(flags: number): Opening | undefined {
    const rest = this.#text.slice(this.#at);
    const known = /^\((?!\?)|^\(\?(?:[=!>]|<[=!]|P<([^\W\d]\w*)>|#[^)]*\)|([aiLmsux]*)(?:-([imsx]+))?:)/.exec(rest);
    if (!known) throw this.#unknownGroup(rest);
    const [text, name, on, off] = known;
    this.#at += text.length;
    if (text === '(' || name !== undefined) return { source: this.#capture(name), flags, captures: true };
    if (text.startsWith('(?#')) return undefined;
    if (text === '(?>') return { source: undefined, flags };
    if (on === undefined) return { source: text, flags };
    const set = (letters: string) => [...letters].reduce((all, letter) => all | (BY_LETTER[letter] ?? 0), 0);
    return { source: '(?:', flags: (flags | set(on)) & ~set(off ?? '') };
  }

  #capture(name: string | undefined): string {
    this.groups++;
    if (name !== undefined) {
      const known = this.names.get(name);
      if (known !== undefined)
        this.#raise(
          `redefinition of group name '${name}' as group ${this.groups}; was group ${known}`,
          -name.length - 1,
        );
      this.names.set(name, this.groups);
    }
    return `(?<g${this.groups}>`;
  }

  #unknownGroup(rest: string): Error {
    if (/^\(\?[aiLmsux]+\)/.test(rest)) return this.#error('global flags not at the start of the expression');
    const named = /^\(\?P<([^>)]*)(>?)/.exec(rest);
    if (named) {
      const [, name = '', close] = named;
      if (close === '') return this.#error(name === '' ? 'missing group name' : 'missing >, unterminated name', 4);
      return this.#error(name === '' ? 'missing group name' : `bad character in group name ${repr(name)}`, 4);
    }
    if (/^\(\?(?:P|<)?$/.test(rest)) return this.#error('unexpected end of pattern', rest.length);
    const size = rest.startsWith('(?P') || rest.startsWith('(?<') ? 4 : 3;
    return this.#error(`unknown extension ${rest.slice(1, size)}`, 1);
  }

  #raise(message: string, shift = 0): never {
    throw this.#error(message, shift);
  }

  #error(message: string, shift = 0): Error {
    return patternError(message, this.#offset + this.#at + shift);
  }
}
