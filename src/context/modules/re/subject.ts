/** A text as its characters, which are counted as Python counts them: by code points. */
export class Subject {
  readonly text: string;
  readonly codes: ArrayLike<number>;
  /** The characters, where one takes two places of the text. */
  readonly #chars: readonly string[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.#chars = /[\ud800-\udfff]/.test(text) ? [...text] : undefined;
    this.codes = this.#chars
      ? this.#chars.map((char) => char.codePointAt(0) as number)
      : Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  }

  get length(): number {
    return this.codes.length;
  }

  slice(from: number, to?: number): string {
    return this.#chars ? this.#chars.slice(from, to).join('') : this.text.slice(from, to);
  }
}
