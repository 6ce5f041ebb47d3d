import { clockInIncrement } from './clock.ts';
import { withoutFinal } from './final.ts';
import { joinTypes } from './join-types.ts';
import type { Hit, Linted } from './lint.ts';
import { outerJoinDefaults } from './outer-join.ts';
import { unsignedDifference } from './unsigned.ts';

const LINTS = [outerJoinDefaults, unsignedDifference, joinTypes, withoutFinal, clockInIncrement];

/** What users of ClickHouse trip over, decided from the real types; each has a page in docs/lints. */
export function lint(linted: Linted): readonly Hit[] {
  return LINTS.flatMap((one) => one(linted));
}
