export { pythonFloat as formatFloat } from '../../util/py-float.ts';

/** Python's float. Always boxed inside templates, whole or not, so that `3.0` stays apart from `3`. */
export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
