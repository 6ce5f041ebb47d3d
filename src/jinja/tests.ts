import { typeError } from './errors.ts';
import * as cases from './methods/string-case.ts';
import { contains } from './ops/contains.ts';
import { equals } from './ops/equality.ts';
import { iterable, lengthOf } from './ops/iterate.ts';
import { modulo } from './ops/operators.ts';
import { ordered } from './ops/order.ts';
import { str } from './ops/text.ts';
import { truth } from './ops/truth.ts';
import { hostNumber, isCallable, isInt, isNumber, isString } from './ops/types.ts';
import type { Run } from './runtime/facts.ts';
import { Dict } from './values/dict.ts';
import { PyFloat } from './values/float.ts';
import { DictView, PyIterator } from './values/iterator.ts';
import { Markup } from './values/markup.ts';
import { type Kwargs, PyObject, type Value } from './values/object.ts';
import { PySet } from './values/set.ts';
import { Undefined } from './values/undefined.ts';

export type TestFn = (context: Run, value: Value, args: readonly Value[], kwargs: Kwargs) => boolean;

/** A test without arguments. */
const alone =
  (name: string, fn: (value: Value, context: Run) => boolean, own = 1): TestFn =>
  (context, value, args, kwargs) => {
    const given = args.length + kwargs.size;
    // Python's own function, which counts otherwise.
    if (given > 0 && name === 'callable') {
      throw typeError(
        kwargs.size > 0
          ? 'callable() takes no keyword arguments'
          : `callable() takes exactly one argument (${given + 1} given)`,
      );
    }
    for (const [key] of kwargs) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (given > 0) {
      throw typeError(
        `${name}() takes ${own} positional argument${own === 1 ? '' : 's'} but ${given + own} were given`,
      );
    }
    return fn(value, context);
  };

/** A test with one argument. */
const against =
  (name: string, argument: string, fn: (value: Value, other: Value) => boolean): TestFn =>
  (_context, value, args, kwargs) => {
    for (const [key] of kwargs) {
      if (key !== argument) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
      if (args.length > 0) throw typeError(`${name}() got multiple values for argument '${key}'`);
    }
    const given = [...args, ...kwargs.values()];
    if (given.length === 0) throw typeError(`${name}() missing 1 required positional argument: '${argument}'`);
    if (given.length > 1) throw typeError(`${name}() takes 2 positional arguments but ${given.length + 1} were given`);
    return fn(value, given[0]);
  };

const operator =
  (name: string, fn: (a: Value, b: Value) => boolean): TestFn =>
  (_context, value, args, kwargs) => {
    if (kwargs.size > 0) throw typeError(`_operator.${name}() takes no keyword arguments`);
    if (args.length !== 1) throw typeError(`${name} expected 2 arguments, got ${args.length + 1}`);
    return fn(value, args[0]);
  };

const rest = (value: Value, by: Value, wanted: number): boolean => equals(modulo(value, by), wanted);
const eq = operator('eq', equals);
const ne = operator('ne', (a, b) => !equals(a, b));
const compare = (name: string, op: '<' | '<=' | '>' | '>=') => operator(name, (a, b) => truth(ordered(op, a, b)));
const [lt, le, gt, ge] = [compare('lt', '<'), compare('le', '<='), compare('gt', '>'), compare('ge', '>=')];

function isSequence(value: Value): boolean {
  if (value instanceof Undefined) return value.kind !== 'strict';
  return (
    lengthOf(value) !== undefined &&
    !(value instanceof PySet || value instanceof DictView || value instanceof PyIterator)
  );
}

function isSame(a: Value, b: Value): boolean {
  if (a instanceof PyFloat && b instanceof PyFloat) return a === b;
  return a === b;
}

function isMapping(value: Value): boolean {
  return value instanceof Dict || (value instanceof PyObject && value.pyIsMapping?.() === true);
}

/** Jinja2's tests. */
export const TESTS: ReadonlyMap<string, TestFn> = new Map<string, TestFn>([
  ['odd', alone('test_odd', (value) => rest(value, 2, 1))],
  ['even', alone('test_even', (value) => rest(value, 2, 0))],
  ['divisibleby', against('test_divisibleby', 'num', (value, by) => rest(value, by, 0))],
  ['defined', alone('test_defined', (value) => !(value instanceof Undefined))],
  ['undefined', alone('test_undefined', (value) => value instanceof Undefined)],
  ['filter', alone('test_filter', (value, context) => context.env.hasFilter(value), 2)],
  ['test', alone('test_test', (value, context) => context.env.hasTest(value), 2)],
  ['none', alone('test_none', (value) => value === null)],
  ['boolean', alone('test_boolean', (value) => typeof value === 'boolean')],
  ['false', alone('test_false', (value) => value === false)],
  ['true', alone('test_true', (value) => value === true)],
  ['integer', alone('test_integer', (value) => isInt(value) && typeof value !== 'boolean')],
  ['float', alone('test_float', (value) => value instanceof PyFloat)],
  ['lower', alone('test_lower', (value) => cases.isLower(str(value)))],
  ['upper', alone('test_upper', (value) => cases.isUpper(str(value)))],
  ['string', alone('test_string', isString)],
  ['mapping', alone('test_mapping', isMapping)],
  ['number', alone('test_number', (value) => isNumber(hostNumber(value)))],
  ['sequence', alone('test_sequence', isSequence)],
  ['iterable', alone('test_iterable', (value) => iterable(value) !== undefined)],
  ['callable', alone('callable', isCallable)],
  ['sameas', against('test_sameas', 'other', isSame)],
  ['escaped', alone('test_escaped', (value) => value instanceof Markup)],
  ['in', against('test_in', 'seq', (value, seq) => contains(seq, value))],
  ['==', eq],
  ['eq', eq],
  ['equalto', eq],
  ['!=', ne],
  ['ne', ne],
  ['>', gt],
  ['gt', gt],
  ['greaterthan', gt],
  ['>=', ge],
  ['ge', ge],
  ['<', lt],
  ['lt', lt],
  ['lessthan', lt],
  ['<=', le],
  ['le', le],
]);
