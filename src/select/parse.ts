import { parseCriterion } from './criterion.ts';
import type { IndirectSelection, Spec, SpecGroup } from './types.ts';

/** What `--select` and `--exclude` gave: each entry may hold several criteria. Undefined or empty is "not given". */
export interface SelectionArguments {
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly indirect: IndirectSelection;
}

const EVERYTHING = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*'];

/** Spaces unite, commas intersect, `exclude` takes away. Throws TSD1007 for what is not a selector. */
export function parseSelection(given: SelectionArguments): Spec {
  const select = given.select?.length ? given.select : undefined;
  const include = parseUnion(select ?? EVERYTHING, select !== undefined, given.indirect);
  const exclude = parseUnion(given.exclude ?? [], true, given.indirect);
  return group('difference', [include, exclude], '', 'eager');
}

function parseUnion(texts: readonly string[], expectExists: boolean, indirect: IndirectSelection): SpecGroup {
  const parts = texts.flatMap((text) => text.split(' ')).map((part) => parsePart(part, expectExists, indirect));
  return group('union', parts, texts.join(' '), indirect);
}

function parsePart(text: string, expectExists: boolean, indirect: IndirectSelection): SpecGroup {
  const criteria = text.split(',').map((part) => parseCriterion(part, indirect));
  return { kind: 'intersection', parts: criteria, raw: text, indirect, expectExists };
}

export function group(
  kind: SpecGroup['kind'],
  parts: readonly Spec[],
  raw: string,
  indirect: IndirectSelection,
): SpecGroup {
  return { kind, parts, raw, indirect, expectExists: false };
}
