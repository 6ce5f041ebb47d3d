import { Dict, hostFunction, JinjaError, PyObject, repr, type Tuple, tuple, type Value } from '../../../jinja/index.ts';
import { pyFunction } from '../../py-function.ts';
import { expandTemplate } from './template.ts';

/** What a match needs of its pattern. */
export interface PatternFacts {
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly object: Value;
}

/** Python's Match. */
export class PyMatch extends PyObject {
  readonly #match: RegExpExecArray;
  readonly #pattern: PatternFacts;

  constructor(match: RegExpExecArray, pattern: PatternFacts) {
    super();
    this.#match = match;
    this.#pattern = pattern;
  }

  pyTypeName(): string {
    return 're.Match';
  }

  /** The text of a group, by number; null where it took no part. */
  text(group: number): string | null {
    return group === 0 ? this.#match[0] : (this.#match.groups?.[`g${group}`] ?? null);
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
        return hostFunction(name, (keys) => this.#group(keys));
      case 'groups':
        return pyFunction(name, ['default?'], (otherwise = null) => this.#all(otherwise));
      case 'groupdict':
        return pyFunction(name, ['default?'], (otherwise = null) => this.#named(otherwise));
      case 'start':
        return pyFunction(name, ['group?'], (key = 0) => this.#span(key)[0]);
      case 'end':
        return pyFunction(name, ['group?'], (key = 0) => this.#span(key)[1]);
      case 'span':
        return pyFunction(name, ['group?'], (key = 0) => tuple(this.#span(key)));
      case 'expand':
        return pyFunction(name, ['template'], (template) => this.expand(template));
      case 'string':
        return this.#match.input;
      case 're':
        return this.#pattern.object;
      case 'pos':
        return 0;
      case 'endpos':
        return [...this.#match.input].length;
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
    return `<re.Match object; span=${repr(tuple(this.#span(0)))}, match=${repr(this.#match[0])}>`;
  }

  #known(key: Value): number | undefined {
    const number = typeof key === 'string' ? this.#pattern.names.get(key) : key;
    return typeof number === 'number' && number >= 0 && number <= this.groupCount ? number : undefined;
  }

  #group(keys: readonly Value[]): Value {
    if (keys.length === 0) return this.#match[0];
    const texts = keys.map((key) => this.text(this.numberOf(key)));
    return texts.length === 1 ? texts[0] : tuple(texts);
  }

  #all(otherwise: Value): Tuple {
    return tuple(Array.from({ length: this.groupCount }, (_, i) => this.text(i + 1) ?? otherwise));
  }

  #named(otherwise: Value): Dict {
    return new Dict([...this.#pattern.names].map(([name, number]) => [name, this.text(number) ?? otherwise] as const));
  }

  /** Positions count code points, as Python does. */
  #span(key: Value): [number, number] {
    const number = this.numberOf(key);
    const indices = this.#match.indices;
    const span = number === 0 ? indices?.[0] : indices?.groups?.[`g${number}`];
    if (!span) return [-1, -1];
    const points = (end: number) => [...this.#match.input.slice(0, end)].length;
    return [points(span[0]), points(span[1])];
  }

  #last(): number | null {
    let last: number | null = null;
    let end = -1;
    for (let i = 1; i <= this.groupCount; i++) {
      const span = this.#match.indices?.groups?.[`g${i}`];
      if (span && span[1] > end) [last, end] = [i, span[1]];
    }
    return last;
  }
}
