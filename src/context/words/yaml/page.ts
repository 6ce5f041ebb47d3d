/** The text being written, and what the rules of PyYAML's emitter ask of its last line. */
export class Page {
  text = '';
  column = 0;
  /** Whether what was written last is space, and whether the line has nothing but indentation and signs so far. */
  whitespace = true;
  indention = true;

  write(data: string): void {
    this.text += data;
    this.column += data.length;
    this.whitespace = false;
    this.indention = false;
  }

  /** A sign such as `-` or a quote, apart from what stands before it. */
  sign(sign: string, isolated: boolean, indention = false): void {
    const kept = this.indention && indention;
    this.write(this.whitespace || !isolated ? sign : ` ${sign}`);
    this.indention = kept;
  }

  spaces(data: string): void {
    this.text += data;
    this.column += data.length;
  }

  lineBreak(): void {
    this.text += '\n';
    this.column = 0;
    this.whitespace = true;
    this.indention = true;
  }

  indent(size: number): void {
    if (!this.indention || this.column > size || (this.column === size && !this.whitespace)) this.lineBreak();
    if (this.column >= size) return;
    this.spaces(' '.repeat(size - this.column));
    this.whitespace = true;
  }
}
