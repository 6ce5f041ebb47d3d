/** Python's range. Sandboxed templates cannot make one so long that the length would not be exact. */
export class PyRange {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  at(index: number): number {
    return this.start + index * this.step;
  }

  has(value: unknown): boolean {
    if (typeof value !== 'number') return false;
    const index = (value - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  *[Symbol.iterator](): Generator<number, undefined> {
    const { length } = this;
    for (let i = 0; i < length; i++) yield this.at(i);
  }
}
