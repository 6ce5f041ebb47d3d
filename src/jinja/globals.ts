import { JinjaError, typeError, valueError } from './errors.ts';
import { arrange } from './filters/table.ts';
import { makeDict } from './methods/dict.ts';
import { repr } from './ops/text.ts';
import { isInt, typeName } from './ops/types.ts';
import { steps } from './steps.ts';
import type { Dict } from './values/dict.ts';
import { hostFunction, type Kwargs, PyObject, PyType, type Value } from './values/object.ts';
import { PyRange } from './values/range.ts';

const MAX_RANGE = 100_000;

function range(args: readonly Value[], kwargs: Kwargs): PyRange {
  const [unexpected] = kwargs.keys();
  if (unexpected !== undefined) throw typeError(`safe_range() got an unexpected keyword argument '${unexpected}'`);
  if (args.length === 0) throw typeError('range expected at least 1 argument, got 0');
  if (args.length > 3) throw typeError(`range expected at most 3 arguments, got ${args.length}`);
  const [first, second, step = 1] = args.map((arg) => {
    if (!isInt(arg)) throw typeError(`'${typeName(arg)}' object cannot be interpreted as an integer`);
    return Number(arg);
  }) as [number, number | undefined, number | undefined];
  if (step === 0) throw valueError('range() arg 3 must not be zero');
  const made = second === undefined ? new PyRange(0, first, 1) : new PyRange(first, second, step);
  if (made.length >= 2 ** 63) throw new JinjaError('OverflowError', 'Python int too large to convert to C ssize_t');
  if (made.length > MAX_RANGE) {
    throw new JinjaError(
      'OverflowError',
      `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
    );
  }
  return made;
}

/** `namespace(...)`: the one value whose attributes templates can set. */
export class Namespace extends PyObject {
  readonly #values: Dict;
  constructor(values: Dict) {
    super();
    this.#values = values;
  }

  pyTypeName(): string {
    return 'Namespace';
  }

  override pyQualifiedName(): string {
    return 'jinja2.utils.Namespace';
  }

  override pyAttr(name: string): Value | undefined {
    return this.#values.get(name);
  }

  override pySet(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  override pyRepr(): string {
    return `<Namespace ${repr(this.#values)}>`;
  }
}

class Cycler extends PyObject {
  readonly #items: readonly Value[];
  #at = 0;
  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new JinjaError('RuntimeError', 'at least one item has to be provided');
    this.#items = items;
  }

  pyTypeName(): string {
    return 'Cycler';
  }

  override pyQualifiedName(): string {
    return 'jinja2.utils.Cycler';
  }

  override pyAttr(name: string): Value | undefined {
    if (name === 'current') return this.#items[this.#at];
    if (name === 'pos') return this.#at;
    if (name === 'reset') {
      return hostFunction('reset', () => {
        this.#at = 0;
        return null;
      });
    }
    if (name !== 'next') return undefined;
    return hostFunction('next', () => {
      const item = this.#items[this.#at];
      this.#at = (this.#at + 1) % this.#items.length;
      return item;
    });
  }
}

class Joiner extends PyObject {
  readonly #separator: Value;
  #used = false;
  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }

  pyTypeName(): string {
    return 'Joiner';
  }

  override pyQualifiedName(): string {
    return 'jinja2.utils.Joiner';
  }

  override pyAttr(name: string): Value | undefined {
    return name === 'sep' ? this.#separator : name === 'used' ? this.#used : undefined;
  }

  override pyCall(): Value {
    if (this.#used) return this.#separator;
    this.#used = true;
    return '';
  }
}

function makeJoiner(args: readonly Value[], kwargs: Kwargs): Joiner {
  const [separator = ', '] = arrange('Joiner.__init__', ['sep'], 0, args, kwargs);
  return new Joiner(separator);
}

const WORDS = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore'.split(
  ' ',
);

function lipsum(args: readonly Value[], kwargs: Kwargs): string {
  const count = Number(args[0] ?? kwargs.get('n') ?? 5);
  steps(count);
  return Array.from({ length: count }, () => `<p>${WORDS.join(' ')}.</p>`).join('\n');
}

/** Jinja2's global names. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', hostFunction('safe_range', range)],
  ['dict', new PyType('dict', makeDict)],
  ['namespace', new PyType('jinja2.utils.Namespace', (args, kwargs) => new Namespace(makeDict(args, kwargs)))],
  ['cycler', new PyType('jinja2.utils.Cycler', (args) => new Cycler(args))],
  ['joiner', new PyType('jinja2.utils.Joiner', makeJoiner)],
  ['lipsum', hostFunction('generate_lorem_ipsum', lipsum)],
]);
