export { type Block, type ScanOptions, scanBlocks } from './blocks.ts';
export { type FoundCall, findCalls, usesName } from './calls.ts';
export { fromData, toData } from './data.ts';
export { type CompiledStore, type EnvironmentOptions, JinjaEnvironment } from './environment.ts';
export { JinjaError, type TemplateFrame } from './errors.ts';
export { type PerformHome, perform } from './evaluate/perform.ts';
export { noAttribute } from './filters/attributes.ts';
export { dumps as jsonDumps } from './filters/json.ts';
export { requireText } from './filters/text.ts';
export { parseLiteral } from './literal.ts';
export { type LiteralCalls, literalCalls, literalCallsIn } from './literal-calls.ts';
export { Module } from './module.ts';
export { MarkedText } from './native.ts';
export { getItem } from './ops/attribute.ts';
export { equals } from './ops/equality.ts';
export { hashKey } from './ops/hash.ts';
export { iterate } from './ops/iterate.ts';
export { add } from './ops/operators.ts';
export { compareValues } from './ops/order.ts';
export { repr, str } from './ops/text.ts';
export { truth } from './ops/truth.ts';
export { isCallable, requireInt, typeName } from './ops/types.ts';
export { callValue } from './runtime/call.ts';
export { Macro } from './runtime/macro.ts';
export { type Scope, scopeOf } from './runtime/scope.ts';
export { isStep, runAsync, runSync, type Step } from './step.ts';
export { limitSteps, step as countStep } from './steps.ts';
export type { BlockTag, Grammar } from './syntax/grammar.ts';
export type { Root } from './syntax/nodes.ts';
export type { Template } from './template.ts';
export { PyBytes } from './values/bytes.ts';
export { Dict } from './values/dict.ts';
export { PyFloat } from './values/float.ts';
export { nearestRatio } from './values/int.ts';
export { PyIterator } from './values/iterator.ts';
export { StrSubclass } from './values/markup.ts';
export {
  BoundMethod,
  type HostFn,
  hostFunction,
  type Kwargs,
  PyObject,
  RawFunction,
  type Value,
} from './values/object.ts';
export { PyRange } from './values/range.ts';
export { PySet } from './values/set.ts';
export { namedTuple, Tuple, type TupleType, tuple } from './values/tuple.ts';
export { Undefined, type UndefinedKind } from './values/undefined.ts';
