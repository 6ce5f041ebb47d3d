import { toFloat } from '../ops/types.ts';
import { PyFloat } from '../values/float.ts';
import { normalizeInt } from '../values/int.ts';
import { tuple } from '../values/tuple.ts';
import { methodTable } from './arguments.ts';

export const INT_METHODS = methodTable({
  bit_length: (self) => (Number(self) === 0 ? 0 : BigInt(self < 0 ? -self : self).toString(2).length),
  bit_count: (self) => [...BigInt(self < 0 ? -self : self).toString(2)].filter((bit) => bit === '1').length,
  conjugate: (self) => normalizeInt(BigInt(self)),
  is_integer: () => true,
  as_integer_ratio: (self) => tuple([normalizeInt(BigInt(self)), 1]),
});

export const FLOAT_METHODS = methodTable({
  is_integer: (self) => Number.isInteger(toFloat(self)),
  conjugate: (self) => new PyFloat(toFloat(self)),
});
