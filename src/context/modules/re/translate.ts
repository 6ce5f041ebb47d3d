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
}

const START = '(?<![\\s\\S])';
const END = '(?![\\s\\S])';

export function translate(pattern: string, given: number): Translated {
  // Several groups of flags may stand at the start, one after the other.
  const [leading = ''] = /^(?:\(\?[aiLmsux]+\))*/.exec(pattern) ?? [];
  const rest = pattern.slice(leading.length);
  const flags = [...leading.replace(/[()?]/g, '')].reduce((all, letter) => all | (BY_LETTER[letter] ?? 0), given);
  const translator = new Translator(rest, flags, pattern.length - rest.length);
  const source = translator.alternatives(flags);
  translator.expectEnd();
  return { source, flags, groups: translator.groups, names: translator.names };
}

class Translator {
  groups = 0;
  readonly names = new Map<string, number>();
  readonly #text: string;
  readonly #globalFlags: number;
  /** Characters of flags before the text, for positions in messages. */
  readonly #offset: number;
  #at = 0;
  #helpers = 0;

  constructor(text: string, flags: number, offset: number) {
    this.#text = text;
    this.#globalFlags = flags;
    this.#offset = offset;
  }

  /** Up to the end or a closing parenthesis. */
  alternatives(flags: number): string {
    let source = '';
    let last = '';
    let isRepeated = false;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
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
      return set.source;
    }
    if (char === '\\') return this.#escape(flags);
    if (char === '.' || char === '^' || char === '$') {
      this.#at++;
      return anchor(char, flags);
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
    const set = categorySet(letter, flags) ?? boundary(letter, flags);
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
    this.#at += length;
    return `\\k<g${group}>`;
  }

  #group(flags: number): string {
    const start = this.#at;
    const named = /^\(\?P=(\w+)\)/.exec(this.#text.slice(start));
    if (named) return this.#reference(this.#named(named[1] ?? ''), named[0].length);
    const opening = this.#opening(flags);
    if (opening === undefined) return '';
    const body = this.alternatives(opening.flags);
    if (this.#text[this.#at] !== ')') throw this.#error('missing ), unterminated subpattern', start - this.#at);
    this.#at++;
    return opening.source === undefined ? this.#atomic(body) : `${opening.source}${body})`;
  }

  #named(name: string): number {
    return this.names.get(name) ?? this.#raise(`unknown group name '${name}'`, 4);
  }

  /** What begins a group, without a source for an atomic one; undefined for a comment. */
  #opening(flags: number): { readonly source: string | undefined; readonly flags: number } | undefined {
    const rest = this.#text.slice(this.#at);
    const known = /^\((?!\?)|^\(\?(?:[=!>]|<[=!]|P<(\w+)>|#[^)]*\)|([aiLmsux]*)(?:-([imsx]+))?:)/.exec(rest);
    if (!known) throw this.#unknownGroup(rest);
    const [text, name, on, off] = known;
    this.#at += text.length;
    if (text === '(' || name !== undefined) return { source: this.#capture(name), flags };
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
    if (rest.startsWith('(?(')) return this.#error('conditional groups are not supported');
    return this.#error(`unknown extension ${rest.slice(1, 3)}`, 1);
  }

  #raise(message: string, shift = 0): never {
    throw this.#error(message, shift);
  }

  #error(message: string, shift = 0): Error {
    return patternError(message, this.#offset + this.#at + shift);
  }
}

function anchor(char: string, flags: number): string {
  if (char === '.') return has(flags, FLAGS.DOTALL) ? '[\\s\\S]' : '[^\\n]';
  if (char === '^') return has(flags, FLAGS.MULTILINE) ? '(?<![^\\n])' : START;
  return has(flags, FLAGS.MULTILINE) ? '(?![^\\n])' : `(?=\\n?${END})`;
}

function boundary(letter: string, flags: number): string | undefined {
  if (letter === 'A') return START;
  if (letter === 'Z') return END;
  if (letter !== 'b' && letter !== 'B') return undefined;
  const word = categorySet('w', flags) as string;
  const [same, other] = [
    `(?<=${word})(?=${word})|(?<!${word})(?!${word})`,
    `(?<=${word})(?!${word})|(?<!${word})(?=${word})`,
  ];
  return `(?:${letter === 'b' ? other : same})`;
}
