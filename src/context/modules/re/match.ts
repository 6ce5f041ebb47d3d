import { Dict, JinjaError, PyObject, repr, type Tuple, tuple, type Value } from '../../../jinja/index.ts';
import { boundMethod, keywordMethod, optionalMethod } from '../../builtin-method.ts';
import type { Subject } from './subject.ts';
import { expandTemplate } from './template.ts';

/** What a match needs of its pattern. */
export interface PatternFacts {
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly object: Value;
}

/** Where a match lies. `slots`: the group that was closed last, then start and end of each group. */
export interface Found {
  readonly subject: Subject;
  readonly start: number;
  readonly end: number;
  readonly slots: Int32Array;
  /** What of the text was searched. */
  readonly pos: number;
  readonly endpos: number;
}

/** Python's Match. */
export class PyMatch extends PyObject {
  readonly found: Found;
  readonly #pattern: PatternFacts;

  constructor(found: Found, pattern: PatternFacts) {
    super();
    this.found = found;
    this.#pattern = pattern;
  }

  pyTypeName(): string {
    return 're.Match';
  }

  /** The text of a group, by number; null where it took no part. */
  text(group: number): string | null {
    const [start, end] = this.#place(group);
    return start < 0 ? null : this.found.subject.slice(start, end);
  }

  get groupCount(): number {
    return this.#pattern.groups;
  }

  /** By number or name. */
  numberOf(key: Value): number {
    const number = this.#known(key);
    if (number === undefined) throw new JinjaError('IndexError', 'no such group');
    return number;
  }

  expand(template: string): string {
    return expandTemplate(template, {
      text: (group) => this.text(group),
      groups: this.groupCount,
      names: this.#pattern.names,
    });
  }

  override pyAttr(name: string): Value | undefined {
    switch (name) {
      case 'group':
        return boundMethod(this, name, (keys) => this.#group(keys));
      case 'groups':
        return keywordMethod(this, name, ['default?'], (otherwise = null) => this.#all(otherwise));
      case 'groupdict':
        return keywordMethod(this, name, ['default?'], (otherwise = null) => this.#named(otherwise));
      case 'start':
        return optionalMethod(this, name, (key = 0) => this.#span(key)[0]);
      case 'end':
        return optionalMethod(this, name, (key = 0) => this.#span(key)[1]);
      case 'span':
        return optionalMethod(this, name, (key = 0) => tuple(this.#span(key)));
      case 'expand':
        return keywordMethod(this, name, ['template'], (template) => this.expand(template));
      case 'regs':
        return tuple(Array.from({ length: this.groupCount + 1 }, (_, group) => tuple(this.#place(group))));
      case 'string':
        return this.found.subject.text;
      case 're':
        return this.#pattern.object;
      case 'pos':
        return this.found.pos;
      case 'endpos':
        return this.found.endpos;
      case 'lastindex':
        return this.#last();
      case 'lastgroup':
        return [...this.#pattern.names].find(([, number]) => number === this.#last())?.[0] ?? null;
      default:
        return undefined;
    }
  }

  override pyItem(key: Value): Value | undefined {
    const number = this.#known(key);
    return number === undefined ? undefined : this.text(number);
  }

  override pyRepr(): string {
    return `<re.Match object; span=${repr(tuple(this.#span(0)))}, match=${repr(this.text(0))}>`;
  }

  #known(key: Value): number | undefined {
    const number = typeof key === 'string' ? this.#pattern.names.get(key) : key;
    return typeof number === 'number' && number >= 0 && number <= this.groupCount ? number : undefined;
  }

  #group(keys: readonly Value[]): Value {
    if (keys.length === 0) return this.text(0);
    const texts = keys.map((key) => this.text(this.numberOf(key)));
    return texts.length === 1 ? texts[0] : tuple(texts);
  }

  #all(otherwise: Value): Tuple {
    return tuple(Array.from({ length: this.groupCount }, (_, i) => this.text(i + 1) ?? otherwise));
  }

  #named(otherwise: Value): Dict {
    return new Dict([...this.#pattern.names].map(([name, number]) => [name, this.text(number) ?? otherwise] as const));
  }

  #span(key: Value): readonly [number, number] {
    return this.#place(this.numberOf(key));
  }

  #place(group: number): readonly [number, number] {
    const { start, end, slots } = this.found;
    if (group === 0) return [start, end];
    const [from, to] = [slots[2 * group - 1] as number, slots[2 * group] as number];
    return from < 0 || to < from ? [-1, -1] : [from, to];
  }

  #last(): number | null {
    const last = this.found.slots[0] as number;
    return last > 0 ? last : null;
  }
}
