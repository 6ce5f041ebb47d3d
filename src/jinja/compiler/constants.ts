import { PyFloat } from '../values/float.ts';

/** A constant of the template as JavaScript. */
export function compileConst(value: any): string {
  if (value instanceof PyFloat) return `R.float(${compileNumber(value.value)})`;
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(value);
}

function compileNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
